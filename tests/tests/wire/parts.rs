//! The raw parts of multipart bodies.

use frontline::File;
use frontline_tests::RawServer;

use crate::{header, nothing, only};

mod api {
    frontline::frontline_api!("specs/parts.yaml", warnings = false);
}

use api::{Client, types};

fn client(server: &RawServer) -> Client {
    Client::builder().base_url(server.url()).build().unwrap()
}

/// Returns the media type of the only request, and its body, with `BOUNDARY` in place of the boundary.
fn sent(server: &RawServer) -> (String, String) {
    let request = only(server);
    let media = header(&request, "content-type").unwrap();
    let (_, boundary) = media.split_once("boundary=").unwrap();
    (media.replace(boundary, "BOUNDARY"), request.body.replace(boundary, "BOUNDARY").replace("\r\n", "\n"))
}

#[tokio::test]
async fn parts_have_the_headers_of_their_encoding() {
    let server = nothing();
    let meta = types::SendHeadersRequestMeta::new().a("b");
    let form = types::SendHeadersRequest::new("png").names(vec!["Ada".to_owned(), "Bo".to_owned()]).meta(meta);
    let form = form.names_x_name_locale("en").meta_x_tags(vec!["a".to_owned(), "b".to_owned()]).file_x_size(3);
    client(&server).send_headers(form).await.unwrap();
    let expected = "--BOUNDARY
Content-Disposition: form-data; name=\"file\"; filename=\"file\"
Content-Type: application/octet-stream
X-Kind: picture
X-Size: 3

png
--BOUNDARY
Content-Disposition: form-data; name=\"names\"
Content-Type: text/plain
x-name-locale: en

Ada
--BOUNDARY
Content-Disposition: form-data; name=\"names\"
Content-Type: text/plain
x-name-locale: en

Bo
--BOUNDARY
Content-Disposition: form-data; name=\"meta\"
Content-Type: application/json
X-Tags: a,b

{\"a\":\"b\"}
--BOUNDARY--
";
    assert_eq!(sent(&server), ("multipart/form-data; boundary=BOUNDARY".to_owned(), expected.to_owned()));
    // The header of a part that is not sent is not sent either.
    let server = nothing();
    client(&server).send_headers(types::SendHeadersRequest::new("png").names_x_name_locale("en")).await.unwrap();
    assert!(!only(&server).body.contains("locale"));
    let form = types::SendHeadersRequest::new("png").names(vec![String::new()]).names_x_name_locale("en\r\nX-Other: 1");
    let error = client(&server).send_headers(form).await.unwrap_err();
    assert!(error.is_invalid_argument() && !error.maybe_sent(), "{error:?}");
}

#[tokio::test]
async fn parts_that_the_document_does_not_describe_are_files_or_texts() {
    let parts = || [("a".to_owned(), File::new("1").unnamed()), ("b".to_owned(), File::new("2").named("b.txt"))];
    let expected = "--BOUNDARY
Content-Disposition: form-data; name=\"a\"

1
--BOUNDARY
Content-Disposition: form-data; name=\"b\"; filename=\"b.txt\"
Content-Type: application/octet-stream

2
--BOUNDARY--
";
    for (path, media) in [("nothing", "form-data"), ("empty", "mixed"), ("object", "form-data"), ("whole", "form-data")]
    {
        let server = nothing();
        let client = client(&server);
        match path {
            "nothing" => {
                client.send_nothing(types::SendNothingRequest::new().additional_properties(parts().into())).await
            }
            "empty" => client.send_empty(types::SendEmptyRequest::new().additional_properties(parts().into())).await,
            "object" => client.send_object(types::SendObjectRequest::new().additional_properties(parts().into())).await,
            _ => client.send_whole(types::SendWholeRequest::new().additional_properties(parts().into())).await,
        }
        .unwrap();
        assert_eq!(sent(&server), (format!("multipart/{media}; boundary=BOUNDARY"), expected.to_owned()), "{path}");
    }
}

#[tokio::test]
async fn xml_is_sent_as_the_text_or_the_file_that_it_is() {
    let server = nothing();
    client(&server).send_xml(types::SendXmlRequest::new().text("<a/>").raw("<b/>")).await.unwrap();
    let (media, body) = sent(&server);
    assert_eq!(media, "multipart/related; type=\"application/xml\"; boundary=BOUNDARY");
    assert!(body.contains("name=\"text\"\nContent-Type: application/xml\n\n<a/>\n"), "{body}");
    assert!(body.contains("filename=\"file\"\nContent-Type: application/atom+xml\n\n<b/>\n"), "{body}");
}

//! Multipart bodies (RFC 7578), which are in memory as a whole.

use bytes::Bytes;

/// A part of a multipart body.
#[derive(Clone, Debug)]
pub(in crate::testing) struct Part {
    pub name: String,
    pub file_name: Option<String>,
    pub media: Option<String>,
    pub headers: Vec<(String, String)>,
    pub content: Bytes,
}

/// Divides a body at the boundary that its media type names. Returns `None` if it is malformed.
pub(super) fn parts(body: &Bytes, media: &str) -> Option<Vec<Part>> {
    let boundary = parameter(media, "boundary")?;
    let delimiter = format!("--{boundary}");
    let mut parts = Vec::new();
    let mut at = find(body, delimiter.as_bytes(), 0)? + delimiter.len();
    let end = format!("\r\n{delimiter}");
    while !body[at..].starts_with(b"--") {
        let start = at + 2;
        body[at..].starts_with(b"\r\n").then_some(())?;
        let next = find(body, end.as_bytes(), at)?;
        parts.push(part(&body.slice(start..next.max(start)))?);
        at = next + end.len();
    }
    Some(parts)
}

fn part(part: &Bytes) -> Option<Part> {
    let end = find(part, b"\r\n\r\n", 0)?;
    let head = std::str::from_utf8(&part[..end]).ok()?;
    let lines = head.split("\r\n").filter_map(|line| line.split_once(':'));
    let headers: Vec<(String, String)> =
        lines.map(|(name, value)| (name.trim().to_owned(), value.trim().to_owned())).collect();
    let header = |name: &str| {
        let found = headers.iter().find(|(known, _)| known.eq_ignore_ascii_case(name));
        found.map(|(_, value)| value.as_str())
    };
    let disposition = header("Content-Disposition");
    let unescaped = |text: String| text.replace("%22", "\"").replace("%0D", "\r").replace("%0A", "\n");
    Some(Part {
        name: unescaped(disposition.and_then(|disposition| parameter(disposition, "name")).unwrap_or_default()),
        file_name: disposition.and_then(|disposition| parameter(disposition, "filename")).map(unescaped),
        media: header("Content-Type").map(ToOwned::to_owned),
        headers: headers.clone(),
        content: part.slice(end + 4..),
    })
}

/// Returns a parameter of a header, such as the boundary of a media type. Quotes around it do not count.
fn parameter(header: &str, name: &str) -> Option<String> {
    let mut rest = header.split_once(';')?.1;
    loop {
        let (key, after) = rest.trim_start().split_once('=')?;
        let (value, following) = match after.strip_prefix('"') {
            Some(quoted) => quoted.split_once('"')?,
            None => after.split_at(after.find(';').unwrap_or(after.len())),
        };
        if key.trim().eq_ignore_ascii_case(name) {
            return Some(value.trim().to_owned());
        }
        rest = following.split_once(';')?.1;
    }
}

fn find(text: &[u8], what: &[u8], from: usize) -> Option<usize> {
    text.get(from..)?.windows(what.len()).position(|window| window == what).map(|at| from + at)
}

#[cfg(test)]
mod tests {
    use bytes::Bytes;

    use super::parts;

    #[test]
    fn parts_have_names_types_and_contents() {
        let body = Bytes::from_static(
            b"--x-1\r\nContent-Disposition: form-data; name=\"Tag\"\r\n\r\na\r\n\
              --x-1\r\nContent-Disposition: form-data; name=\"Up\"; filename=\"a%22;b.txt\"\r\nContent-Type: text/plain\r\n\r\n\
              he--x-1\r\nllo\r\n--x-1--\r\n",
        );
        let parts = parts(&body, "multipart/form-data; boundary=\"x-1\"").unwrap();
        assert_eq!((parts[0].name.as_str(), &parts[0].content[..]), ("Tag", &b"a"[..]));
        assert_eq!((parts[1].name.as_str(), parts[1].file_name.as_deref()), ("Up", Some("a\";b.txt")));
        assert_eq!((parts[1].media.as_deref(), &parts[1].content[..]), (Some("text/plain"), &b"he--x-1\r\nllo"[..]));
    }

    #[test]
    fn malformed_bodies_are_refused() {
        for body in ["", "--x", "--x\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nb", "--xyz\r\n\r\n\r\n--x--"]
        {
            assert!(parts(&Bytes::from_static(body.as_bytes()), "multipart/form-data; boundary=x").is_none(), "{body}");
        }
        assert!(parts(&Bytes::from_static(b"--x--"), "multipart/form-data").is_none());
        assert!(parts(&Bytes::from_static(b"--x--\r\n"), "multipart/form-data; boundary=x").unwrap().is_empty());
    }
}

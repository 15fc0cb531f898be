//! Edge and region: where requests enter Twilio's network, and where Twilio processes them.

use crate::Error;

/// The edge and region that the user chose. Source:
/// <https://www.twilio.com/docs/global-infrastructure/using-the-twilio-rest-api-in-a-non-us-region>.
#[derive(Clone, Default)]
pub(crate) struct Location {
    pub(crate) edge: Option<String>,
    pub(crate) region: Option<String>,
}

/// The default edge of each region that Twilio's page lists.
const EDGES: [(&str, &str); 3] = [("us1", "ashburn"), ("ie1", "dublin"), ("au1", "sydney")];

impl Location {
    /// Returns the host to use instead of `host`, or `None` if the user chose neither edge nor region.
    pub(crate) fn host(&self, host: &str) -> Result<Option<String>, Error> {
        if self.edge.is_none() && self.region.is_none() {
            return Ok(None);
        }
        let labels: Vec<_> = host.strip_suffix(".twilio.com").unwrap_or_default().split('.').collect();
        let (product, edge, region) = match labels[..] {
            ["", ..] => {
                return Err(Error::configuration("an edge or region can only be set for hosts below twilio.com"));
            }
            [product] => (product, None, None),
            [product, region] => (product, None, Some(region)),
            [product, edge, region] => (product, Some(edge), Some(region)),
            _ => {
                return Err(Error::configuration(
                    "the host of the document's server contains more than a product, an edge and a region",
                ));
            }
        };
        let region = label("region", self.region.as_deref().or(region).unwrap_or("us1"))?;
        let nearest = || EDGES.iter().find(|(of, _)| *of == region).map(|(_, edge)| *edge);
        // Twilio no longer serves `product.region.twilio.com`.
        let edge = self.edge.as_deref().or(edge).or_else(nearest).ok_or_else(|| {
            Error::configuration("the region requires an edge; set it with `ClientBuilder::edge` or TWILIO_EDGE")
        })?;
        Ok(Some(format!("{product}.{}.{region}.twilio.com", label("edge", edge)?)))
    }
}

/// Checks that `text` is a single label of a host name, and cannot change another part of the URL.
fn label<'a>(what: &str, text: &'a str) -> Result<&'a str, Error> {
    let fits = |byte: u8| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-');
    if (1..=63).contains(&text.len()) && text.bytes().all(fits) {
        Ok(text)
    } else {
        Err(Error::configuration(format!("the {what} is invalid; expected 1 to 63 of the characters a-z, 0-9 and `-`")))
    }
}

#[cfg(test)]
mod tests {
    use super::Location;
    use crate::network::Servers;
    use crate::twilio::Twilio;

    fn location(edge: Option<&str>, region: Option<&str>) -> Location {
        Location { edge: edge.map(str::to_owned), region: region.map(str::to_owned) }
    }

    fn servers(edge: Option<&str>) -> Servers {
        Servers::new(Twilio { location: location(edge, None) }, false)
    }

    #[test]
    fn hosts_consist_of_product_edge_and_region() {
        for (edge, region, host, expected) in [
            (Some("dublin"), Some("ie1"), "api.twilio.com", "api.dublin.ie1.twilio.com"),
            (Some("dublin"), None, "api.twilio.com", "api.dublin.us1.twilio.com"),
            (None, Some("au1"), "api.twilio.com", "api.sydney.au1.twilio.com"),
            (None, Some("us1"), "api.twilio.com", "api.ashburn.us1.twilio.com"),
            (Some("tokyo"), None, "api.au1.twilio.com", "api.tokyo.au1.twilio.com"),
            (None, Some("ie1"), "api.sydney.au1.twilio.com", "api.sydney.ie1.twilio.com"),
            (Some("tokyo"), Some("jp1"), "api.sydney.au1.twilio.com", "api.tokyo.jp1.twilio.com"),
        ] {
            assert_eq!(location(edge, region).host(host).unwrap().as_deref(), Some(expected));
        }
        assert_eq!(location(None, None).host("example.com").unwrap(), None);
    }

    #[test]
    fn a_region_without_default_edge_requires_an_edge() {
        assert!(location(None, Some("xy9")).host("api.twilio.com").unwrap_err().is_configuration());
    }

    #[test]
    fn other_hosts_cannot_have_an_edge() {
        for host in ["example.com", "twilio.com", ".twilio.com", "api.eviltwilio.com", "a.b.c.d.twilio.com", ""] {
            assert!(location(Some("dublin"), None).host(host).unwrap_err().is_configuration(), "{host}");
        }
    }

    #[test]
    fn invalid_edges_and_regions_are_rejected() {
        let long = "a".repeat(64);
        for text in [
            "",
            "a.b",
            "a/b",
            "evil.example/",
            "@evil.example",
            "a#",
            "a?",
            "a:1",
            "A",
            "ü",
            "a b",
            "a\t",
            "%2e",
            &long,
        ] {
            for location in [location(Some(text), Some("us1")), location(Some("dublin"), Some(text))] {
                let error = location.host("api.twilio.com").unwrap_err();
                assert!(error.is_configuration(), "{text}");
            }
        }
    }

    #[test]
    fn the_url_has_the_expected_host_or_is_rejected() {
        let url = servers(Some("dublin")).server("https://api.twilio.com/2010").unwrap().join("/x", "").unwrap();
        assert_eq!(url.as_str(), "https://api.dublin.us1.twilio.com/2010/x");
        // The label is not valid Punycode, despite its prefix.
        assert!(
            servers(Some("xn--a")).server("https://api.twilio.com").err().is_some_and(|error| error.is_configuration())
        );
        // A base URL that the user sets does not change.
        assert!(
            servers(Some("dublin")).base("https://api.twilio.com").unwrap().join("/x", "").unwrap().host_str()
                == Some("api.twilio.com")
        );
    }

    #[test]
    fn the_next_page_is_fetched_from_the_edge_of_the_first() {
        let servers = servers(Some("dublin"));
        let follow = |base, address| {
            let base = servers.base(base).unwrap();
            servers.follow(&base, &base.join("/x", "").unwrap(), address).map(String::from)
        };
        let edge = "https://api.dublin.us1.twilio.com";
        for address in ["https://api.twilio.com/x", "https://api.dublin.us1.twilio.com/x", "/x"] {
            assert_eq!(follow(edge, address).unwrap(), format!("{edge}/x"));
        }
        for address in ["https://chat.twilio.com/x", "https://api.example/x", "http://api.twilio.com/x"] {
            assert!(follow(edge, address).is_err(), "{address}");
        }
        // A base URL that the user sets does not change.
        let own = "https://api.twilio.com";
        assert_eq!(follow(own, "https://api.twilio.com/x").unwrap(), "https://api.twilio.com/x");
        assert_eq!(follow("http://127.0.0.1:7", "/x").unwrap(), "http://127.0.0.1:7/x");
    }
}

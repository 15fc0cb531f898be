//! Dates. Some services write them as midnight (`2026-01-31T00:00:00Z`).

use chrono::{NaiveDate, NaiveTime};

use super::iso;
use crate::json::{DecodeError, Fit, FromJson, Node, fit_text};

impl FromJson for NaiveDate {
    const EMPTY_IS_NONE: bool = true;

    fn read_json(node: Node<'_>, place: &mut Option<Self>) -> Result<(), DecodeError> {
        *place = parse(&node.string()?);
        if place.is_some() { Ok(()) } else { Err(node.expected("an RFC 3339 date")) }
    }

    /// Counts a time twice: a type for times fits it better, however the time is written.
    fn fit(node: Node<'_>) -> Option<Fit> {
        let fit = fit_text::<Self>(node, |_| false)?;
        Some(fit + fit)
    }
}

/// Parses a date, or a date and time at midnight in its own offset. Other times are refused: the time would be lost.
fn parse(text: &str) -> Option<NaiveDate> {
    let (time, _) = iso::date_time(text)?;
    (time.time() == NaiveTime::MIN).then(|| time.date())
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;

    use crate::json::{FromJson, deserialize};

    fn read<T: FromJson>(json: &str) -> Result<T, serde_json::Error> {
        deserialize(&mut serde_json::Deserializer::from_str(json))
    }

    #[test]
    fn dates_are_read_from_midnight_times() {
        for one in [
            "2026-01-31",
            "20260131",
            "2026-01-31T00:00",
            "2026-01-31T00:00:00",
            "2026-01-31T00:00:00.000",
            "2026-01-31T00:00:00Z",
            "2026-01-31T00:00:00+13:00",
        ] {
            assert_eq!(read::<NaiveDate>(&format!("{one:?}")).unwrap().to_string(), "2026-01-31", "{one}");
        }
        assert_eq!(read::<Option<NaiveDate>>("null").unwrap(), None);
        for one in [
            "",
            "ada@example.com",
            "2026-02-30",
            "2026-01-31T00:00:01Z",
            "2026-01-31T12:00:00",
            "26-01-31",
            "2026-01-31T00:00:00.0000000001Z",
        ] {
            let error = read::<NaiveDate>(&format!("{one:?}")).unwrap_err();
            assert!(error.to_string().starts_with("at `$`: expected an RFC 3339 date"), "{one}: {error}");
        }
    }
}

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::{Either, Loose};
use crate::Nullable;
use crate::json::{Document, FromJson, Limits, from_json};

fn read<T: Loose>(json: &str) -> Result<T, serde_json::Error> {
    serde_json::from_str(json).map(|Either(value)| value)
}

#[test]
fn numbers_are_read_from_numbers_and_strings() {
    for one in ["0.05", r#""0.05""#, r#""5e-2""#] {
        assert_eq!(read::<Option<f64>>(one).unwrap(), Some(0.05));
        assert_eq!(read::<Option<f32>>(one).unwrap(), Some(0.05));
        assert_eq!(read::<Nullable<f64>>(one).unwrap(), Nullable::Value(0.05));
    }
    assert_eq!(read::<Option<f64>>("null").unwrap(), None);
    assert_eq!(read::<Nullable<f64>>("null").unwrap(), Nullable::Null);
    assert_eq!(read::<Vec<f32>>(r#"["1",-2,3.5,7]"#).unwrap(), [1.0, -2.0, 3.5, 7.0]);
    let named: BTreeMap<String, Option<f64>> = read(r#"{"a":"1.00","b":null}"#).unwrap();
    assert_eq!(named, [("a".into(), Some(1.0)), ("b".into(), None)].into());
}

#[test]
fn integers_are_read_from_numbers_and_strings() {
    for one in ["-5", r#""-5""#, "-5.0"] {
        assert_eq!((read::<i32>(one).unwrap(), read::<Option<i64>>(one).unwrap()), (-5, Some(-5)));
        for error in [read::<u32>(one).unwrap_err(), read::<Option<u64>>(one).unwrap_err()] {
            assert!(error.to_string().contains("an integer out of range, expected u"), "{error}");
        }
    }
    assert_eq!(read::<Vec<u64>>(r#"["18446744073709551615",18446744073709551615]"#).unwrap(), [u64::MAX; 2]);
    for one in ["1.5", "1e300", r#""""#, r#""1.0""#, r#""0x1""#, r#"" 1""#, "true", "[]", "null"] {
        let error = read::<i64>(one).unwrap_err();
        assert!(error.to_string().contains("expected an integer"), "{one}: {error}");
    }
}

/// Returns many spellings of numbers. Numbers with a fraction have at most 15 digits, which an `f64` keeps apart.
fn spellings() -> impl Iterator<Item = String> {
    let bounds = [1_u128 << 31, 1 << 32, 1 << 53, 1 << 63, 1 << 64, 1 << 80];
    let near = bounds.into_iter().flat_map(|bound| bound - 2..=bound + 2);
    let whole: Vec<_> = (0..12).chain([120, 1_000_000]).chain(near).map(|whole| whole.to_string()).collect();
    let exponents = ["", "e0", "E1", "e+3", "e-1", "E-3", "e17", "e300", "e-300", "e400"];
    whole.into_iter().flat_map(move |whole| {
        let fractions: &[&str] = if whole.len() > 13 { &["", ".0", ".000"] } else { &["", ".0", ".50", ".25"] };
        let spelling = |fraction: &&str| exponents.map(|exponent| format!("{whole}{fraction}{exponent}"));
        let numbers: Vec<_> = fractions.iter().flat_map(spelling).collect();
        numbers.into_iter().flat_map(|number| [format!("-{number}"), number])
    })
}

/// Returns the integer that a number is, by exact arithmetic.
fn exact(number: &str) -> Option<i128> {
    let (digits, exponent) = number.split_once(['e', 'E']).unwrap_or((number, "0"));
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let digits: i128 = format!("{whole}{fraction}").parse().unwrap();
    let shift = exponent.parse::<i64>().unwrap() - i64::try_from(fraction.len()).unwrap();
    let power = 10_i128.checked_pow(u32::try_from(shift.abs()).unwrap());
    match power {
        _ if digits == 0 => Some(0),
        Some(power) if shift >= 0 => digits.checked_mul(power),
        Some(power) => (digits % power == 0).then(|| digits / power),
        None => None,
    }
}

#[test]
fn numbers_are_read_exactly_or_refused() {
    fn integer<T: Loose + Into<i128>>(json: &str, number: &str, range: std::ops::RangeInclusive<i128>) {
        match read::<T>(json) {
            Ok(read) => assert_eq!(exact(number), Some(read.into()), "{json}"),
            Err(_) => {
                let is_plain = number.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-');
                assert!(!is_plain || !range.contains(&exact(number).unwrap()), "{json}");
            }
        }
    }
    for number in spellings() {
        for json in [number.clone(), format!("\"{number}\"")] {
            integer::<i32>(&json, &number, i32::MIN.into()..=i32::MAX.into());
            integer::<u32>(&json, &number, 0..=u32::MAX.into());
            integer::<i64>(&json, &number, i64::MIN.into()..=i64::MAX.into());
            integer::<u64>(&json, &number, 0..=u64::MAX.into());
            let nearest = Some(number.parse::<f64>().unwrap()).filter(|nearest| nearest.is_finite());
            assert_eq!(read::<f64>(&json).ok().map(f64::to_bits), nearest.map(f64::to_bits), "{json}");
            #[allow(clippy::cast_possible_truncation, reason = "infinity is not read")]
            let nearest = nearest.map(|nearest| nearest as f32).filter(|nearest| nearest.is_finite());
            assert_eq!(read::<f32>(&json).ok().map(f32::to_bits), nearest.map(f32::to_bits), "{json}");
        }
    }
}

#[test]
fn integers_beyond_u64_are_read_exactly() {
    let read = |text: &str| {
        let document = Document::parse(text.as_bytes(), Limits::NONE).unwrap();
        document.read(from_json::<Either<i128>>).map(|Either(number)| number).ok()
    };
    for number in [0, -1, i128::from(u64::MAX) + 1, i128::MIN, i128::MAX] {
        assert_eq!(read(&number.to_string()), Some(number));
        assert_eq!(read(&format!("\"{number}\"")), Some(number));
    }
    assert_eq!((read("1.0"), read("1.5"), read("1e30"), read("[]"), read("{}")), (Some(1), None, None, None, None));
}

#[test]
fn dates_are_read_from_midnight_times() {
    for one in [
        "2026-01-31",
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
        assert!(
            error.to_string().starts_with("invalid value: another string, expected an RFC 3339 date"),
            "{one}: {error}"
        );
    }
}

#[test]
fn values_that_are_not_finite_numbers_are_refused() {
    for one in [r#""""#, r#""x""#, r#""NaN""#, r#""inf""#, r#""1,5""#, "true", "[]", "{}"] {
        let error = read::<f64>(one).unwrap_err();
        assert!(error.to_string().contains("expected a number"), "{one}: {error}");
    }
}

#[test]
fn maps_and_lists_count_as_memory() {
    fn is_enough<T: FromJson>(text: &str, memory: usize) -> bool {
        let document = Document::parse(text.as_bytes(), Limits { memory, ..Limits::NONE });
        document.and_then(|document| document.read(from_json::<T>)).is_ok()
    }
    type Maps = Vec<BTreeMap<String, f64>>;
    // A `BTreeMap` with one entry has room for 11.
    let maps = format!("[{{}}{}]", r#",{"":1}"#.repeat(1000));
    for (memory, expected) in [(300_000, false), (500_000, true)] {
        assert_eq!(is_enough::<Maps>(&maps, memory), expected, "{memory}");
        assert_eq!(is_enough::<Either<Maps>>(&maps, memory), expected, "{memory}");
    }
    let list = format!("[1{}]", ",1".repeat(1000));
    assert!(is_enough::<Either<Vec<f64>>>(&list, 9000) && !is_enough::<Either<Vec<f64>>>(&list, 7000));
}

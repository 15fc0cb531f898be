use std::collections::BTreeMap;

use serde_json::Value;

use crate::Nullable;
use crate::json::{DecodeError, Document, Fit, FromJson, Limits, from_json};

fn read<T: FromJson>(json: &str) -> Result<T, DecodeError> {
    Document::parse(json.as_bytes(), Limits::NONE)?.read(from_json::<T>)
}

fn fit<T: FromJson>(json: &str) -> Option<Fit> {
    Document::parse(json.as_bytes(), Limits::NONE).unwrap().read(|node| Ok(T::fit(node))).unwrap()
}

#[test]
fn numbers_are_read_from_numbers_and_strings() {
    for one in ["0.05", r#""0.05""#, r#""5e-2""#] {
        assert_eq!(read::<Option<f64>>(one).unwrap(), Some(0.05));
        assert_eq!(read::<Nullable<f64>>(one).unwrap(), Nullable::Value(0.05));
    }
    assert_eq!(read::<Option<f64>>("null").unwrap(), None);
    assert_eq!(read::<Nullable<f64>>("null").unwrap(), Nullable::Null);
    assert_eq!(read::<Vec<f64>>(r#"["1",-2,3.5,7]"#).unwrap(), [1.0, -2.0, 3.5, 7.0]);
    let named: BTreeMap<String, Option<f64>> = read(r#"{"a":"1.00","b":null}"#).unwrap();
    assert_eq!(named, [("a".into(), Some(1.0)), ("b".into(), None)].into());
}

#[test]
fn integers_are_read_from_numbers_and_strings() {
    for one in ["-5", r#""-5""#, "-5.0"] {
        assert_eq!((read::<i32>(one).unwrap(), read::<Option<i64>>(one).unwrap()), (-5, Some(-5)));
        for error in [read::<u32>(one).unwrap_err(), read::<Option<u64>>(one).unwrap_err()] {
            assert!(error.to_string().contains("expected an integer in the range of `u"), "{error}");
        }
    }
    assert_eq!(read::<Vec<u64>>(r#"["18446744073709551615",18446744073709551615]"#).unwrap(), [u64::MAX; 2]);
    assert_eq!(read::<Vec<i64>>(r#"["1.0",1.0,10e-1]"#).unwrap(), [1; 3]);
    for one in ["1.5", "1e300", r#""""#, r#""1.5""#, r#""0x1""#, r#"" 1""#, "true", "[]", "null"] {
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
    fn integer<T: FromJson + Into<i128>>(json: &str, number: &str, range: std::ops::RangeInclusive<i128>) {
        match read::<T>(json) {
            Ok(read) => assert_eq!(exact(number), Some(read.into()), "{json}"),
            Err(_) => assert!(exact(number).is_none_or(|number| !range.contains(&number)), "{json}"),
        }
    }
    for number in spellings() {
        for json in [number.clone(), format!("\"{number}\"")] {
            integer::<i32>(&json, &number, i32::MIN.into()..=i32::MAX.into());
            integer::<u32>(&json, &number, 0..=u32::MAX.into());
            integer::<i64>(&json, &number, i64::MIN.into()..=i64::MAX.into());
            integer::<u64>(&json, &number, 0..=u64::MAX.into());
            match read::<f64>(&json) {
                Ok(read) => assert_eq!(read.to_bits(), number.parse::<f64>().unwrap().to_bits(), "{json}"),
                Err(error) if error.to_string().contains("range") => {
                    assert!(number.parse::<f64>().unwrap().is_infinite(), "{json}");
                }
                Err(_) => assert!(exact(&number).unwrap().abs() > 1 << 53 && !number.contains(['e', 'E']), "{json}"),
            }
        }
    }
}

#[test]
fn an_integer_that_a_float_would_change_is_refused() {
    // Services whose numbers are floats write integers with the digits that are needed and zeros, or with an exponent.
    for kept in ["9007199254740992", "-9007199254740994.0", "123456789012345680000", "1e23", "9007199254740993.5"] {
        assert_eq!(read::<f64>(kept).unwrap().to_bits(), kept.parse::<f64>().unwrap().to_bits(), "{kept}");
        assert!(read::<Value>(kept).is_ok(), "{kept}");
    }
    let expected = "at `$`: expected an integer that an `f64` represents without loss";
    for changed in ["9007199254740993", "-9007199254740993.00", r#""9007199254740993""#, "18446744073709551617"] {
        assert_eq!(read::<f64>(changed).unwrap_err().to_string(), expected, "{changed}");
    }
    assert_eq!(read::<Value>("9007199254740993").unwrap(), 9_007_199_254_740_993_i64);
    assert_eq!(read::<Value>("18446744073709551617").unwrap_err().to_string(), expected);
    // Most fractions have no exact representation anyway.
    assert_eq!(read::<f64>("0.1000000000000000055511151231257827").unwrap().to_bits(), 0.1_f64.to_bits());
}

#[test]
fn the_error_about_an_integer_says_what_its_range_is() {
    let error = |json| read::<i64>(json).unwrap_err().to_string();
    for beyond in [
        "9223372036854775808",
        "-9223372036854775809",
        "1111111111111111111111111111111111111111111111111",
        "9223372036854775808.0",
        "1e19",
        "1e400",
    ] {
        assert_eq!(error(beyond), "at `$`: expected an integer in the range of `i64`");
    }
    assert_eq!(
        read::<u32>("4294967296.0").unwrap_err().to_string(),
        "at `$`: expected an integer in the range of `u32`"
    );
    for fraction in ["1.5", "9007199254740993.5", "1e-1", "1e-400"] {
        assert_eq!(error(fraction), "at `$`: expected an integer");
    }
}

#[test]
fn integers_beyond_u64_are_read_exactly() {
    for number in [0, -1, i128::from(u64::MAX) + 1, i128::MIN, i128::MAX] {
        assert_eq!(read::<i128>(&number.to_string()).unwrap(), number);
        assert_eq!(read::<i128>(&format!("\"{number}\"")).unwrap(), number);
    }
    assert_eq!(read::<i128>("-1.7014118346046923173168730371588410572800e38").unwrap(), i128::MIN);
    for error in ["1.5", "1e39", "[]", "{}"] {
        assert!(read::<i128>(error).is_err(), "{error}");
    }
}

#[test]
fn fractions_of_zeros_and_exponents_are_exact() {
    for (json, integer) in [
        ("1e18", 1_000_000_000_000_000_000),
        ("9007199254740993.0", 9_007_199_254_740_993),
        ("-9.007199254740993e15", -9_007_199_254_740_993),
        ("92233720368547758070e-1", i64::MAX),
        ("-9223372036854775808.000", i64::MIN),
        ("0.0000000000000000000000000000000000000000000000000001e52", 1),
        ("0e999999999999999999999", 0),
        (r#""+1.e1""#, 10),
    ] {
        assert_eq!(read::<i64>(json).unwrap(), integer, "{json}");
    }
    assert_eq!(read::<u64>("1e19").unwrap(), 10_000_000_000_000_000_000);
    let (zeros, nines) = ("0".repeat(100_000), "9".repeat(100_000));
    assert_eq!(read::<i64>(&format!("1{zeros}e-100000")).unwrap(), 1);
    assert_eq!(read::<i64>(&format!("0.{zeros}7e100001")).unwrap(), 7);
    for error in ["1e999999999", "1e-999999999", "1e999999999999999999999", &nines, &format!("1.{nines}")] {
        assert!(read::<i64>(error).is_err(), "{error}");
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
fn booleans_are_read_from_numbers_and_strings() {
    for (json, flag) in
        [("true", true), (r#""true""#, true), ("1", true), ("false", false), (r#""False""#, false), ("0", false)]
    {
        assert_eq!(read::<Vec<bool>>(&format!("[{json}]")).unwrap(), [flag], "{json}");
    }
    for one in ["2", "1.0", r#""yes""#, r#""""#, "[]", "null"] {
        let error = read::<bool>(one).unwrap_err();
        assert!(error.to_string().contains("expected a boolean"), "{one}: {error}");
    }
}

#[test]
fn strings_are_read_from_numbers_and_booleans_as_they_are_written() {
    assert_eq!(
        read::<Vec<String>>(r#"[7,1.50,-1e3,true,false,"x"]"#).unwrap(),
        ["7", "1.50", "-1e3", "true", "false", "x"]
    );
    for one in ["[]", "{}", "null"] {
        assert!(read::<String>(one).unwrap_err().to_string().contains("expected a string"), "{one}");
    }
}

#[test]
fn the_type_that_a_value_has_in_json_fits_best() {
    let fits = |json| (fit::<i64>(json), fit::<f64>(json), fit::<String>(json));
    let (exact, loose) = (Some(Fit::EXACT), Some(Fit::LOOSE));
    assert_eq!(fits("5"), (exact, exact, Some(Fit::FOREIGN)));
    assert_eq!(fits(r#""5""#), (loose, loose, exact));
    assert_eq!((fit::<bool>("true"), fit::<bool>("\"1\""), fit::<bool>("1")), (exact, loose, Some(Fit::FOREIGN)));
    assert_eq!((fit::<i64>("1.0"), fit::<i64>("1.5"), fit::<i64>("\"1.5\"")), (exact, Some(Fit::INEXACT), None));
    assert_eq!((fit::<f64>("0.9007199254740992"), fit::<f64>("9007199254740993")), (exact, Some(Fit::INEXACT)));
    assert_eq!((fit::<f64>("1000000000000000000"), fit::<i64>("1000000000000000000")), (Some(Fit::RESPELLED), exact));
}

#[test]
fn an_empty_text_is_no_number() {
    for (json, number) in [(r#""""#, None), ("null", None), ("5", Some(5))] {
        assert_eq!(read::<Option<i64>>(json).unwrap(), number);
        assert_eq!(read::<Nullable<u32>>(json).unwrap().into_value().map(i64::from), number);
    }
    assert_eq!(read::<Option<f64>>(r#""""#).unwrap(), None);
    assert_eq!(read::<Option<uuid::Uuid>>(r#""""#).unwrap(), None);
    assert_eq!(read::<Option<String>>(r#""""#).unwrap().as_deref(), Some(""));
    assert!(read::<Option<bool>>(r#""""#).is_err() && read::<uuid::Uuid>(r#""""#).is_err());
    assert_eq!((fit::<Option<i64>>(r#""""#), fit::<Option<i64>>("null")), (Some(Fit::LOOSE), Some(Fit::EXACT)));
}

//! The version that semantic versioning asks for.

/// The number of additions that the summary names.
const SHOWN: usize = 8;

/// Returns a line about all changes, or `None` if there are none. `current` is the version of the crate.
pub fn summary(breaks: usize, additions: &[String], current: Option<&str>) -> Option<String> {
    if breaks == 0 && additions.is_empty() {
        return None;
    }
    let is_breaking = breaks > 0;
    let version = current.and_then(|current| Some(format!("{} (after {current})", next(current, is_breaking)?)));
    let version = version.unwrap_or_else(|| if is_breaking { "incompatible" } else { "compatible" }.to_owned());
    let mut named: Vec<&str> = additions.iter().take(SHOWN).map(String::as_str).collect();
    let rest = format!("{} more", additions.len().saturating_sub(SHOWN));
    named.extend((additions.len() > SHOWN).then_some(rest.as_str()));
    let added = format!("added: {}", named.join(", "));
    let because = match (breaks, additions.is_empty()) {
        (0, _) => format!("there are only additions; {added}"),
        (1, true) => "1 change breaks users".to_owned(),
        (1, false) => format!("1 change breaks users; {added}"),
        (_, true) => format!("{breaks} changes break users"),
        (_, false) => format!("{breaks} changes break users; {added}"),
    };
    Some(format!("next version: {version}, because {because}"))
}

/// Returns the next version as Cargo reads versions: the first number that is not zero changes if users break. A
/// pre-release becomes its release if that is enough.
fn next(current: &str, is_breaking: bool) -> Option<String> {
    let without_build = current.split('+').next()?;
    let (numbers, is_pre_release) = match without_build.split_once('-') {
        Some((numbers, _)) => (numbers, true),
        None => (without_build, false),
    };
    let numbers: Vec<u64> = numbers.split('.').map(|number| number.parse().ok()).collect::<Option<_>>()?;
    let [major, minor, patch] = numbers.as_slice() else { return None };
    let next = match (major, minor, is_breaking) {
        (0, 0, _) if is_pre_release => (0, 0, *patch),
        (0, 0, _) => (0, 0, patch + 1),
        (0, _, true) if is_pre_release && *patch == 0 => (0, *minor, 0),
        (0, _, true) => (0, minor + 1, 0),
        (0, _, false) if is_pre_release => (0, *minor, *patch),
        (0, _, false) => (0, *minor, patch + 1),
        (_, 0, true) if is_pre_release && *patch == 0 => (*major, 0, 0),
        (_, _, true) => (major + 1, 0, 0),
        (_, _, false) if is_pre_release && *patch == 0 => (*major, *minor, 0),
        (_, _, false) => (*major, minor + 1, 0),
    };
    let (major, minor, patch) = next;
    Some(format!("{major}.{minor}.{patch}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_follow_semver_as_cargo_reads_it() {
        for (current, breaking, compatible) in [
            ("0.1.3", "0.2.0", "0.1.4"),
            ("0.0.3", "0.0.4", "0.0.4"),
            ("1.2.3", "2.0.0", "1.3.0"),
            ("1.2.3+5", "2.0.0", "1.3.0"),
            ("2.0.0-rc.1", "2.0.0", "2.0.0"),
            ("2.1.0-rc.1", "3.0.0", "2.1.0"),
            ("2.1.1-rc.1", "3.0.0", "2.2.0"),
            ("0.2.0-alpha", "0.2.0", "0.2.0"),
            ("0.2.1-alpha", "0.3.0", "0.2.1"),
            ("0.0.1-alpha", "0.0.1", "0.0.1"),
        ] {
            assert_eq!(next(current, true).as_deref(), Some(breaking), "{current}");
            assert_eq!(next(current, false).as_deref(), Some(compatible), "{current}");
        }
        assert_eq!(next("1.2", true), None);
        assert_eq!(next("1.two.3", true), None);
    }

    #[test]
    fn the_summary_says_why_and_what_is_new() {
        let additions = ["the method `a`".to_owned(), "`User::b`".to_owned()];
        for (breaks, additions, current, expected) in [
            (0, &additions[..0], Some("0.1.0"), None),
            (2, &additions[..0], Some("0.1.0"), Some("0.2.0 (after 0.1.0), because 2 changes break users")),
            (1, &additions[..0], Some("1.0.0"), Some("2.0.0 (after 1.0.0), because 1 change breaks users")),
            (
                1,
                &additions[..1],
                Some("1.0.0"),
                Some("2.0.0 (after 1.0.0), because 1 change breaks users; added: the method `a`"),
            ),
            (
                0,
                &additions[..],
                Some("1.0.0"),
                Some("1.1.0 (after 1.0.0), because there are only additions; added: the method `a`, `User::b`"),
            ),
            (0, &additions[..1], None, Some("compatible, because there are only additions; added: the method `a`")),
            (1, &additions[..0], Some("new"), Some("incompatible, because 1 change breaks users")),
        ] {
            let expected = expected.map(|expected| format!("next version: {expected}"));
            assert_eq!(summary(breaks, additions, current), expected);
        }
    }

    #[test]
    fn the_summary_names_some_additions() {
        let additions: Vec<String> = (0..10).map(|number| number.to_string()).collect();
        let summary = summary(0, &additions, None).unwrap();
        assert!(summary.ends_with("added: 0, 1, 2, 3, 4, 5, 6, 7, 2 more"), "{summary}");
    }
}

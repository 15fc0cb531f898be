//! Suggestions for misspelled names: "did you mean".

/// Returns the candidate that is most similar to `wanted`, or `None` if all differ too much.
///
/// A third of the letters may differ, but at least one and at most five.
pub fn nearest<'a>(wanted: &str, candidates: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let letters = wanted.to_lowercase();
    let length = wanted.chars().count();
    let limit = (length / 3).clamp(1, 5);
    candidates
        // A cheap test, because a document may have thousands of names and as many dangling references.
        .filter(|candidate| candidate.chars().count().abs_diff(length) <= limit)
        .map(|candidate| (strsim::osa_distance(&letters, &candidate.to_lowercase()), candidate))
        .filter(|(distance, candidate)| *distance <= limit && *distance < candidate.chars().count())
        .min()
        .map(|(_, candidate)| candidate)
}

/// Returns `; did you mean …?`, or an empty string if no candidate is similar.
pub fn did_you_mean<'a>(wanted: &str, candidates: impl Iterator<Item = &'a str>) -> String {
    sentence(nearest(wanted, candidates))
}

/// Like [`did_you_mean`], but also recognizes abbreviations such as `int`.
pub fn did_you_mean_word(wanted: &str, words: &[&str]) -> String {
    let begun = words.iter().copied().find(|word| wanted.len() > 2 && word.starts_with(wanted));
    sentence(begun.or_else(|| nearest(wanted, words.iter().copied())))
}

fn sentence(name: Option<&str>) -> String {
    name.map(|name| format!("; did you mean `{name}`?")).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn misspelled_names_are_found() {
        assert_eq!(
            nearest("user_enum_state_typ", ["user", "user_enum_state_type"].into_iter()),
            Some("user_enum_state_type")
        );
        assert_eq!(nearest("requird", ["required", "readOnly"].into_iter()), Some("required"));
        assert_eq!(nearest("tyep", ["type", "items"].into_iter()), Some("type"));
        assert_eq!(nearest("Fetchuser", ["FetchUser"].into_iter()), Some("FetchUser"));
    }

    #[test]
    fn abbreviated_words_are_found() {
        let words = ["string", "integer", "boolean"];
        assert_eq!(did_you_mean_word("bool", &words), "; did you mean `boolean`?");
        assert_eq!(did_you_mean_word("strng", &words), "; did you mean `string`?");
        assert_eq!(did_you_mean_word("in", &words), "");
    }

    #[test]
    fn different_words_are_not_suggested() {
        assert_eq!(nearest("account", ["user", "state"].into_iter()), None);
        assert_eq!(nearest("", ["a", ""].into_iter()), None);
    }
}

//! What became of the instances of a document.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::path::PathBuf;
use std::time::Duration;

use serde_json::Value;

use super::Allowed;
use super::making::Made;

/// An instance that did not survive.
pub struct Failure {
    /// The place of the schema whose value was lost, changed or refused.
    pub at: String,
    /// The place of the body or component that the instance is for.
    pub place: String,
    /// The instance, as small as it still fails.
    pub instance: Value,
    /// What came back.
    pub text: String,
    /// The number of instances that fail in this way.
    pub count: usize,
}

/// The result for one document.
pub struct Outcome {
    /// The document.
    pub document: PathBuf,
    /// The time that it took, mostly for its compilation.
    pub time: Duration,
    /// The instances, or the reason why it does not compile.
    pub result: Result<Instances, String>,
}

impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (seconds, document) = (self.time.as_secs_f64(), self.document.display());
        match &self.result {
            Ok(instances) => {
                let Instances { places, total, passed, refused, failures, .. } = instances;
                let verdict = if failures.is_empty() { "ok" } else { "FAILED" };
                write!(
                    f,
                    "{verdict:7} {seconds:6.1}s {places:5} places {passed:6} of {total:6} instances {refused:5} discarded  \
                     {document}{instances}"
                )
            }
            Err(error) => {
                write!(f, "REFUSED {seconds:6.1}s {document}")?;
                error.lines().try_for_each(|line| write!(f, "\n         {line}"))
            }
        }
    }
}

/// Returns the summary: how many instances survived, and what was not tried.
#[must_use]
pub fn summary(outcomes: &[Outcome]) -> String {
    let all: Vec<&Instances> = outcomes.iter().filter_map(|outcome| outcome.result.as_ref().ok()).collect();
    let sum = |count: fn(&Instances) -> usize| all.iter().map(|instances| count(instances)).sum::<usize>();
    let (unmade, untested) = (sum(|instances| instances.unmade.len()), sum(|instances| instances.untested.len()));
    let unvisited = sum(|instances| instances.unvisited.len());
    format!(
        "{} of {} documents compiled; {} places, {unmade} without an instance, {untested} not read as JSON; {unvisited} \
         schemas that no instance reaches; {} instances discarded; {} schemas fail\n\
         instances: {} of {}; {} schemas without instances",
        all.len(),
        outcomes.len(),
        sum(|instances| instances.places),
        sum(|instances| instances.refused),
        sum(|instances| instances.failures.len()),
        sum(|instances| instances.passed),
        sum(|instances| instances.total),
        unmade + untested + unvisited,
    )
}

/// The instances of a document.
#[derive(Default)]
pub struct Instances {
    /// The number of bodies and components.
    pub places: usize,
    /// The number of valid instances.
    pub total: usize,
    /// The number of instances that survive.
    pub passed: usize,
    /// The number of instances that the validator refused.
    pub refused: usize,
    /// For places with refused instances, a reason.
    pub reasons: BTreeMap<String, String>,
    /// The places for which no valid instance was found.
    pub unmade: Vec<String>,
    /// The places that the generated code does not read as JSON.
    pub untested: Vec<String>,
    /// The schemas behind references that no valid instance reached.
    pub unvisited: BTreeSet<String>,
    /// How often something differed in a way that is allowed.
    pub allowed: BTreeMap<&'static str, usize>,
    /// One failing instance for each schema.
    pub failures: Vec<Failure>,
}

impl Instances {
    /// Returns the schemas without instances.
    pub fn without(&self) -> impl Iterator<Item = &String> {
        self.unmade.iter().chain(&self.untested).chain(&self.unvisited)
    }

    /// Adds how the instances of a place were made.
    pub(super) fn made(&mut self, place: String, made: &Made) {
        self.refused += made.refused;
        if made.instances.is_empty() {
            self.unmade.push(place.clone());
        }
        if let Some(why) = &made.why {
            self.reasons.insert(place, why.clone());
        }
    }

    /// Returns whether a failure at the schema is known already.
    pub(super) fn knows(&self, at: &str) -> bool {
        self.failures.iter().any(|failure| failure.at == at)
    }

    pub(super) fn add(&mut self, failure: Failure) {
        match self.failures.iter_mut().find(|known| known.at == failure.at) {
            Some(known) => known.count += failure.count,
            None => self.failures.push(failure),
        }
    }

    pub(super) fn allow(&mut self, allowed: &[Allowed]) {
        for each in allowed {
            *self.allowed.entry(each.name()).or_default() += 1;
        }
    }
}

impl Allowed {
    fn name(self) -> &'static str {
        match self {
            Self::Fraction => "1.0 for 1",
            Self::Instant => "instant in another notation",
            Self::UuidCase => "UUID in lower case",
            Self::Null => "null for a missing property, or the reverse",
            Self::Undeclared => "undeclared property dropped",
        }
    }
}

impl fmt::Display for Instances {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for Failure { at, place, instance, text, count } in &self.failures {
            write!(f, "\n       instance `{at}`: {count} of {place}\n         {instance}\n         {text}")?;
        }
        for (place, why) in &self.reasons {
            write!(f, "\n       discarded `{place}` {why}")?;
        }
        for place in &self.unmade {
            write!(f, "\n       no instance `{place}`")?;
        }
        for place in &self.untested {
            write!(f, "\n       not read as JSON `{place}`")?;
        }
        for place in &self.unvisited {
            write!(f, "\n       not reached by an instance `{place}`")?;
        }
        for (what, count) in &self.allowed {
            write!(f, "\n       allowed: {count} times {what}")?;
        }
        Ok(())
    }
}

/// Returns the path in an error of a type, such as `a`, `0`, `b` for `$.a[0].b`.
pub(super) fn path_in(error: &str) -> Vec<String> {
    let Some(path) = error.split('`').find(|text| text.starts_with('$')) else { return Vec::new() };
    let keys = path.trim_start_matches('$').split(['.', '[']).map(|key| key.trim_end_matches(']').trim_matches('"'));
    keys.filter(|key| !key.is_empty()).map(ToOwned::to_owned).collect()
}

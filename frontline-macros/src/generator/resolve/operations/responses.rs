//! Responses: the results of successful calls, and the bodies of documented errors.

use openapiv3::{Response, Responses};
use proc_macro2::Ident;

use super::media::{Encoding, RESPONSE, is_sendable};
use super::statuses::{key, status_name, statuses};
use crate::generator::document::place_of;
use crate::generator::model::{Alternative, Answer, Failure, Outcome, Payload, Stream, Type, TypeKind};
use crate::generator::names;
use crate::generator::problems::{Place, Problem};
use crate::generator::resolve::resolver::Resolver;

/// The status 304 (Not Modified), whose responses have no body (RFC 9110, section 15.4.5).
pub(super) const NOT_MODIFIED: u16 = 304;

/// A documented response.
pub(super) struct Documented {
    /// A status, a range such as `2XX`, or `default`.
    pub key: String,
    pub place: Place,
}

/// The result of reading an operation's `responses`.
pub(super) struct Resolved {
    pub answer: Answer,
    /// The place of the first successful response.
    pub place: Place,
    /// The stream that can be requested instead of the answer.
    pub stream: Option<Stream>,
    /// Other media types that can be requested instead.
    pub alternatives: Vec<Alternative>,
    pub accept: Option<String>,
    pub also: Vec<u16>,
    pub failures: Vec<Failure>,
    pub redirects: Vec<u16>,
}

impl Resolved {
    /// Removes all content, which responses to HEAD do not have (RFC 9110, section 9.3.2).
    pub(super) fn without_content(&mut self) {
        (self.answer, self.stream, self.accept) = (Answer::Empty, None, None);
        self.alternatives.clear();
        self.failures.clear();
    }

    /// Makes 304 (Not Modified) a success if no success has content: then it lacks nothing that callers expect.
    pub(super) fn allow_not_modified(&mut self) {
        if matches!(self.answer, Answer::Empty) {
            self.also.extend(self.redirects.extract_if(.., |status| *status == NOT_MODIFIED));
        }
    }
}

/// The content of a successful response, its media type, and the stream that can be requested instead.
#[derive(Default)]
struct Success {
    payload: Option<Payload>,
    media: Option<String>,
    stream: Option<Stream>,
    alternatives: Vec<Alternative>,
}

impl Resolver<'_> {
    pub(super) fn responses(&mut self, responses: &Responses, place: &Place, operation: &Ident) -> Resolved {
        self.only_statuses(&place.at("responses"));
        let documented = responses
            .responses
            .iter()
            .filter_map(|(status, response)| Some(Documented { key: key(status), place: place_of(response)? }));
        let documented: Vec<_> = documented.collect();
        let with = |first: &str| documented.iter().any(|each| each.key.starts_with(first));
        // If no success is documented, a redirect is the answer. If there is no redirect either, the default is.
        let success = if with("2") { "2" } else { "3" };
        let (mut successes, failures): (Vec<_>, Vec<_>) =
            documented.into_iter().partition(|each| each.key.starts_with(success) && each.key != "304");
        let default = responses.default.as_ref().and_then(place_of);
        let default = default.map(|place| Documented { key: "default".into(), place });
        let (failures, default) = match default {
            Some(default) if successes.is_empty() => {
                successes.push(default);
                (failures, None)
            }
            default => (failures, default),
        };
        let redirects = |all: &[Documented]| -> Vec<u16> {
            all.iter().filter_map(|each| each.key.parse().ok()).filter(|code| (300..400).contains(code)).collect()
        };
        let (also, redirects) = (redirects(&successes), redirects(&failures));
        let mut alternatives = Vec::new();
        let (answer, stream, accept) = self.answer(&successes, place, operation, &mut alternatives);
        Resolved {
            answer,
            place: successes.first().map_or_else(|| place.at("responses"), |each| each.place.clone()),
            stream,
            alternatives,
            accept,
            also,
            failures: failures.iter().chain(&default).filter_map(|each| self.failure(each, operation)).collect(),
            redirects,
        }
    }

    /// Returns the answer, the stream that can be requested instead, and the value of `Accept`.
    fn answer(
        &mut self,
        successes: &[Documented],
        place: &Place,
        operation: &Ident,
        alternatives: &mut Vec<Alternative>,
    ) -> (Answer, Option<Stream>, Option<String>) {
        let mut found: Vec<(&Documented, Option<Payload>)> = Vec::new();
        let (mut streams, mut medias) = (Vec::new(), Vec::new());
        for each in successes {
            let Success { payload, media, stream, alternatives: others } =
                self.success(each, operation).unwrap_or_default();
            for other in others {
                if !alternatives.iter().any(|known: &Alternative| known.media == other.media) {
                    alternatives.push(other);
                }
            }
            // A success that is only a stream does not count as an empty response.
            if payload.is_some() || stream.is_none() {
                found.push((each, payload));
            }
            match streams.first() {
                Some(first) => self.tell_other_stream(first, stream.as_ref(), &each.place),
                None => streams.extend(stream),
            }
            medias.extend(media);
        }
        let stream = streams.into_iter().next();
        match stream {
            Some(stream) if found.iter().all(|(_, payload)| payload.is_none()) => (Answer::Stream(stream), None, None),
            stream => {
                let answer = self.whole_answer(found, place, operation);
                let accept = accept(&medias, &answer);
                (answer, stream, accept)
            }
        }
    }

    fn whole_answer(&mut self, found: Vec<(&Documented, Option<Payload>)>, place: &Place, operation: &Ident) -> Answer {
        let mut payloads: Vec<&Payload> = Vec::new();
        for payload in found.iter().filter_map(|(_, payload)| payload.as_ref()) {
            if !payloads.contains(&payload) {
                payloads.push(payload);
            }
        }
        let is_empty_too = found.iter().any(|(_, payload)| payload.is_none());
        match payloads.as_slice() {
            [] => Answer::Empty,
            [only] if !is_empty_too => Answer::One((*only).clone()),
            [Payload::Json(ty)] => Answer::Optional(ty.clone().without_null()),
            _ => self.outcomes(found, place, operation),
        }
    }

    /// Defines the enum of several successful responses.
    fn outcomes(&mut self, found: Vec<(&Documented, Option<Payload>)>, place: &Place, operation: &Ident) -> Answer {
        let name = self.taken.unique(&names::nested(operation, "outcome"));
        let (id, _) = self.define(name, &place.at("responses"));
        // `default` is a response here, not the default of a schema.
        if let Some(definition) = self.types.get_mut(id) {
            definition.docs.clear();
        }
        let mut outcomes: Vec<Outcome> = found
            .into_iter()
            .map(|(each, payload)| Outcome { name: status_name(&each.key), statuses: statuses(&each.key), payload })
            .collect();
        // An exact status takes precedence over a range.
        outcomes.sort_by_key(|outcome| outcome.statuses.as_ref().map_or(usize::MAX, ExactSizeIterator::len));
        self.set_kind(id, Some(TypeKind::Outcomes(outcomes)));
        Answer::Choice(id)
    }

    /// Reads a successful response. JSON takes precedence over other media types, and events over other streams.
    fn success(&mut self, each: &Documented, operation: &Ident) -> Option<Success> {
        let part = self.errors.part();
        let response = self.document.read::<Response>(&each.place, self.errors);
        if self.errors.end(part, || self.document.becomes_any(&each.place)) {
            return Some(Success { payload: Some(Payload::Json(Type::Value)), ..Success::default() });
        }
        let (response, place) = response?;
        // 204 and 205 never have content, whatever the document says (RFC 9110, sections 15.3.5 and 15.3.6).
        if matches!(each.key.as_str(), "204" | "205") {
            self.tell_content(&each.key, &place);
            return None;
        }
        if response.content.is_empty() {
            return None;
        }
        let part = self.errors.part();
        let medias = self.supported(&place, RESPONSE);
        if self.errors.end(part, || "the body is returned as bytes".to_owned()) {
            return Some(self.as_bytes(&place));
        }
        let mut medias = medias?;
        medias.sort_by_key(|(_, encoding, _)| *encoding);
        let is_stream = |(_, encoding, at): &(_, Encoding, Place)| self.is_stream(*encoding, at);
        let (streams, others): (Vec<_>, Vec<_>) = medias.into_iter().partition(is_stream);
        let (mut payload, mut of, mut alternatives) = (None, None, Vec::new());
        if let Some((media, encoding, at)) = others.first() {
            payload = self.response_payload(*encoding, at, &names::nested(operation, "response"));
            of = Some(media.clone());
            if let Some(payload) = &payload {
                alternatives = self.other_contents(payload, &others, operation);
            }
        }
        let (stream, others) = self.all_streams(&streams, operation);
        alternatives.extend(others);
        Some(Success { payload, media: of, stream, alternatives })
    }

    /// Returns the content of a response of which no media type can be read.
    fn as_bytes(&self, response: &Place) -> Success {
        let medias = self.document.entries(&self.document.behind(&response.at("content")));
        let media = medias.into_iter().map(|(media, _)| media).find(|media| is_sendable(media) && media.contains('/'));
        Success { payload: Some(Payload::Bytes), media, ..Success::default() }
    }

    /// Warns about the stream of another status, unless it is like the first one.
    fn tell_other_stream(&mut self, first: &Stream, other: Option<&Stream>, response: &Place) {
        if let Some(other) = other.filter(|other| (&other.item, other.format) != (&first.item, first.format)) {
            self.tell_unrequested(&other.media, response, "describe the same stream for each status");
        }
    }

    /// Warns about a schema in the content of a response that has no body.
    pub(super) fn tell_content(&mut self, status: &str, response: &Place) {
        let Some(content) = self.document.follow(&response.at("content"), self.errors) else { return };
        let medias = self.document.entries(&content);
        let is_described = |(_, media): &(String, Place)| {
            self.document.object(&media.at("schema")).is_some_and(|schema| !schema.is_empty())
        };
        if medias.iter().any(is_described) {
            let message = format!("a response with status {status} has no body, so its content is ignored");
            self.errors.warn(Problem::key(&content, message).help("remove the content, or change the status"));
        }
    }

    /// Returns whether a successful response of the operation at `place` is itself marked as personal data.
    pub(super) fn answers_pii(&self, place: &Place) -> bool {
        let responses = self.document.entries(&place.at("responses"));
        let successes = responses.iter().filter(|(status, _)| !status.starts_with(['4', '5']));
        let medias =
            successes.flat_map(|(_, response)| self.document.entries(&self.document.behind(response).at("content")));
        let mut schemas = medias.map(|(_, media)| self.document.behind(&media).at("schema"));
        schemas.any(|schema| self.is_personal(&schema))
    }

    /// Reports keys that are not a status, because openapiv3 ignores them.
    fn only_statuses(&mut self, responses: &Place) {
        for (key, at) in self.document.entries(responses) {
            let is_status = match key.as_bytes() {
                [b'1'..=b'5', b'X' | b'x', b'X' | b'x'] | [b'1'..=b'5', b'0'..=b'9', b'0'..=b'9'] => true,
                _ => key == "default" || key.starts_with("x-"),
            };
            if !is_status {
                let problem = Problem::key(&at, format!("`{key}` is not the status of a response"))
                    .help("write a status such as `'200'`, `2XX` or `default`");
                self.errors.spare(problem, "this response is ignored");
            }
        }
    }
}

/// Returns the value of `Accept`, unless it is only JSON or any media type.
///
/// Whatever the media type of a text or a file is, the client can read it. So other media types have less weight: a service
/// would refuse to send the file, or an error in JSON, if they had none.
fn accept(medias: &[String], answer: &Answer) -> Option<String> {
    let mut asked: Vec<&str> = Vec::new();
    for media in medias {
        let essence = media.split(';').next().unwrap_or_default().trim();
        let media = if essence.eq_ignore_ascii_case("application/json") { "application/json" } else { media };
        if !asked.contains(&media) {
            asked.push(media);
        }
    }
    let accepts_all = matches!(answer, Answer::One(Payload::Text | Payload::Bytes));
    let is_any = asked.iter().any(|media| if accepts_all { *media == "*/*" } else { media.contains('*') });
    if is_any || asked.is_empty() || asked == ["application/json"] && !accepts_all {
        return None;
    }
    Some(asked.join(", ") + if accepts_all { ", */*;q=0.1" } else { "" })
}

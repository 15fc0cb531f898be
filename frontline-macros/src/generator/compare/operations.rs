//! Operations: which there are, their names, what they send and what they return.

use std::collections::HashSet;

use super::changes::Changes;
use super::fields::older;
use super::pairs::{Pairs, request};
use super::variants::is_same_payload;
use super::{failures, parameters, shown};
use crate::generator::model::{Alternative, Answer, Body, Operation, Payload, Stream};
use crate::generator::names::bare;
use crate::generator::problems::Place;

pub fn compare(changes: &mut Changes, pairs: &Pairs<'_>) {
    let kept: HashSet<&str> = pairs.operations.iter().map(|(old, _)| old.name.wire.as_str()).collect();
    for operation in pairs.old.operations.iter().filter(|each| !kept.contains(each.name.wire.as_str())) {
        let (wire, name) = (&operation.name.wire, bare(&operation.name.rust));
        // The path item may be in another file.
        let at = Place::root(0).at("paths").at(&operation.path);
        let message = format!("the operation `{wire}` is gone, and the method `{name}` with it");
        changes.tell(&at, message, format!("users have to remove their calls of `{name}`"));
        changes.cover(&operation.place);
    }
    for (old, new) in &pairs.operations {
        let before = changes.breaks.len();
        Pair { old, new, pairs, name: bare(&new.name.rust) }.compare(changes);
        if changes.breaks.len() > before {
            changes.cover(&old.place);
            changes.cover_addition(&new.place);
        }
    }
    let kept: HashSet<&str> = pairs.operations.iter().map(|(_, new)| new.name.wire.as_str()).collect();
    for operation in pairs.new.operations.iter().filter(|each| !kept.contains(each.name.wire.as_str())) {
        changes.add(&operation.place, format!("the method `{}`", bare(&operation.name.rust)));
    }
}

/// An operation that both clients have.
struct Pair<'a> {
    old: &'a Operation,
    new: &'a Operation,
    pairs: &'a Pairs<'a>,
    /// The name of the method.
    name: String,
}

impl Pair<'_> {
    fn compare(&self, changes: &mut Changes) {
        self.name(changes);
        self.request(changes);
        parameters::compare(changes, self.pairs, self.old, self.new);
        self.body(changes);
        self.answer(changes);
        failures::compare(changes, self.pairs, self.old, self.new);
        self.others(changes);
    }

    fn name(&self, changes: &mut Changes) {
        let (before, name) = (bare(&self.old.name.rust), &self.name);
        if before != *name {
            let users = format!("users have to call `{name}`; `x-rust-name: {before}` keeps the old name");
            changes.tell(&self.new.place.at("operationId"), format!("the method `{before}` becomes `{name}`"), users);
        }
        if self.new.is_deprecated && !self.old.is_deprecated {
            changes.deprecate(name);
        }
    }

    fn request(&self, changes: &mut Changes) {
        let (Self { old, new, name, .. }, place) = (self, &self.new.place);
        if request(old) != request(new) {
            let shown = |operation: &Operation| format!("`{} {}`", operation.method.as_str(), operation.path);
            let (before, after) = (shown(old), shown(new));
            changes.tell(
                place,
                format!("`{name}` sends {after} instead of {before}"),
                older(&format!("still send {before}")),
            );
        }
        let server = |own: &Option<String>, shared: &Option<String>| own.clone().or_else(|| shared.clone());
        let (before, after) =
            (server(&old.server, &self.pairs.old.server), server(&new.server, &self.pairs.new.server));
        // Another server of the document is told once.
        if before != after && (old.server.is_some() || new.server.is_some()) {
            let none = || "no server".to_owned();
            let (before, after) = (before.unwrap_or_else(none), after.unwrap_or_else(none));
            let message = format!("`{name}` sends its requests to `{after}` instead of `{before}`");
            changes.tell(&new.servers_place, message, older(&format!("still use `{before}`")));
        }
    }

    fn body(&self, changes: &mut Changes) {
        let (name, at) = (&self.name, self.new.place.at("requestBody"));
        let (old, new) = match (&self.old.body, &self.new.body) {
            (None, None) => return,
            (None, Some(new)) => {
                let shown = shown::body(self.pairs.new, new);
                let users = if new.is_required { "users have to pass it" } else { "users have to pass it, or `None`" };
                return changes.tell(&at, format!("`{name}` takes a body of the type `{shown}`"), users);
            }
            (Some(_), None) => {
                let message = format!("`{name}` does not take a body any more");
                return changes.tell(&at, message, "users have to remove the argument");
            }
            (Some(old), Some(new)) => (old, new),
        };
        if old.is_required != new.is_required || !self.is_same_body(old, new) {
            let (before, after) = (shown::body(self.pairs.old, old), shown::body(self.pairs.new, new));
            let message = format!("the body of `{name}` has the type `{after}` instead of `{before}`");
            let only = if let [only] = new.contents.as_slice() { Some(only) } else { None };
            let schema = only.filter(|_| old.is_required == new.is_required);
            let schema = schema.map(|content| at.at("content").at(&content.media).at("schema"));
            changes.tell(schema.as_ref().unwrap_or(&at), message, format!("users have to pass `{after}`"));
        } else if let ([before], [after]) = (old.contents.as_slice(), new.contents.as_slice()) {
            self.media(changes, &at, before.sent(), after.sent());
            if let (Payload::Form(_, before), Payload::Form(_, after)) = (&before.payload, &after.payload)
                && before != after
            {
                let message = format!("the form of `{name}` is encoded in another way");
                changes.tell(&at.at("content"), message, older("still use the old encoding"));
            }
        }
    }

    fn is_same_body(&self, old: &Body, new: &Body) -> bool {
        match (old.choice, new.choice, old.contents.first(), new.contents.first()) {
            (None, None, Some(old), Some(new)) => is_same_payload(self.pairs, &old.payload, &new.payload),
            (Some(old), Some(new), ..) => self.pairs.belong_together(old, new),
            _ => false,
        }
    }

    fn media(&self, changes: &mut Changes, at: &Place, before: &str, after: &str) {
        if before != after {
            let message = format!("the body of `{}` is sent as `{after}` instead of `{before}`", self.name);
            changes.tell(&at.at("content").at(after), message, older(&format!("still send `{before}`")));
        }
    }

    fn answer(&self, changes: &mut Changes) {
        let (Self { old, new, pairs, name }, at) = (self, &self.new.answer_place);
        let is_same = match (&old.answer, &new.answer) {
            (Answer::Empty, Answer::Empty) => true,
            (Answer::One(old), Answer::One(new)) => is_same_payload(pairs, old, new),
            (Answer::Optional(old), Answer::Optional(new)) => pairs.is_same(old, new),
            (Answer::Choice(old), Answer::Choice(new)) => pairs.belong_together(*old, *new),
            (Answer::Stream(old), Answer::Stream(new)) => self.is_same_stream(old, new),
            _ => false,
        };
        let (before, after) = (shown::answer(pairs.old, &old.answer), shown::answer(pairs.new, &new.answer));
        if !is_same && before == after {
            let message = format!("`{name}` expects a stream in another format");
            return changes.tell(at, message, older("still expect the old format"));
        }
        if !is_same {
            let message = format!("`{name}` returns `{after}` instead of `{before}`");
            return changes.tell(at, message, format!("users have to use `{after}` where they call `{name}`"));
        }
        let accept = |operation: &Operation| match &operation.answer {
            Answer::Stream(stream) => stream.media.clone(),
            _ => operation.accept.clone().unwrap_or_else(|| "application/json".to_owned()),
        };
        let (before, after) = (accept(old), accept(new));
        if before != after {
            let message = format!("`{name}` asks for `{after}` instead of `{before}`");
            changes.tell(at, message, older(&format!("still ask for `{before}`")));
        }
        for status in old.also.iter().filter(|status| !new.also.contains(status)) {
            let message = format!("the status {status} is an error of `{name}` from now on");
            changes.tell(at, message, "users have to handle the error");
        }
        for status in new.also.iter().filter(|status| !old.also.contains(status)) {
            let message = format!("the status {status} is not an error of `{name}` any more");
            changes.tell(at, message, "users have to handle it as a response");
        }
    }

    fn is_same_stream(&self, old: &Stream, new: &Stream) -> bool {
        old.format == new.format && self.pairs.is_same(&old.item, &new.item)
    }

    fn is_same_alternative(&self, old: &Answer, new: &Answer) -> bool {
        match (old, new) {
            (Answer::One(old), Answer::One(new)) => is_same_payload(self.pairs, old, new),
            (Answer::Stream(old), Answer::Stream(new)) => self.is_same_stream(old, new),
            _ => false,
        }
    }

    /// Compares the other methods: those that return streams, that request other media types, or that take optional
    /// parameters.
    fn others(&self, changes: &mut Changes) {
        let (old, new, at) = (self.old, self.new, &self.new.answer_place);
        let paged = |operation: &Operation| operation.pages.as_ref().map(|each| bare(&each.names.name));
        let streaming = |operation: &Operation| operation.streaming.as_ref().map(|each| bare(&each.names.name));
        let with = |operation: &Operation| operation.with.as_ref().map(bare);
        let is_same_page = match (&old.pages, &new.pages) {
            (Some(old), Some(new)) => self.pairs.is_same(&old.item, &new.item),
            _ => true,
        };
        let is_same_stream = match (&old.streaming, &new.streaming) {
            (Some(old), Some(new)) => self.is_same_stream(&old.stream, &new.stream),
            _ => true,
        };
        let mut methods =
            vec![(paged(old), paged(new), is_same_page), (streaming(old), streaming(new), is_same_stream)];
        // If a required parameter takes the place of the method, it is told with the parameter.
        if new.with.is_some() || new.options.is_none() {
            methods.push((with(old), with(new), true));
        }
        let find = |all: &'_ [Alternative], media: &str| all.iter().position(|other| other.media == media);
        for before in &old.alternatives {
            let after = find(&new.alternatives, &before.media).and_then(|index| new.alternatives.get(index));
            let is_same = after.is_none_or(|after| self.is_same_alternative(&before.answer, &after.answer));
            methods.push((Some(bare(&before.names.name)), after.map(|after| bare(&after.names.name)), is_same));
        }
        let added = new.alternatives.iter().filter(|after| find(&old.alternatives, &after.media).is_none());
        methods.extend(added.map(|after| (None, Some(bare(&after.names.name)), true)));
        for (before, after, is_same) in methods {
            match (before, after) {
                (Some(before), None) => {
                    let message = format!("the method `{before}` is gone");
                    changes.tell(at, message, format!("users have to call `{}`", self.name));
                }
                // Another name follows from that of the operation.
                (Some(_), Some(after)) if !is_same => {
                    let message = format!("`{after}` returns another type");
                    changes.tell(at, message, format!("users have to adapt their calls of `{after}`"));
                }
                (None, Some(after)) => changes.add(at, format!("the method `{after}`")),
                _ => {}
            }
        }
    }
}

//! The responses of a service: how each kind of body is written.

use bytes::Bytes;
use http::header::CONTENT_TYPE;
use http::{HeaderMap, HeaderValue, StatusCode};
use serde::Serialize;

use super::contract::{Answer, is_json};
use super::service::{Arrived, Reply};
use super::streaming::{Streaming, is_stream_media};
use crate::{Error, ErrorKind, Response};

/// A response with one of several statuses.
#[doc(hidden)]
pub trait Encode {
    /// Writes the response.
    ///
    /// # Errors
    ///
    /// Returns an error if the body cannot be written.
    fn encode(&self) -> Result<Encoded, Error>;
}

/// The status of a response, if the document sets one, and its body.
#[doc(hidden)]
pub struct Encoded(Option<u16>, Option<(Bytes, Media)>);

impl Encoded {
    /// Writes a body as JSON.
    ///
    /// # Errors
    ///
    /// Returns an error if the body cannot be written.
    pub fn json(status: Option<u16>, body: &impl Serialize) -> Result<Self, Error> {
        Ok(Self(status, Some((json(body)?, Media::Json))))
    }

    /// Writes text.
    ///
    /// # Errors
    ///
    /// Never fails. Returns a `Result` because generated code treats all kinds of bodies alike.
    pub fn plain(status: Option<u16>, body: &str) -> Result<Self, Error> {
        Ok(Self(status, Some((Bytes::copy_from_slice(body.as_bytes()), Media::Text))))
    }

    /// Writes bytes.
    ///
    /// # Errors
    ///
    /// Never fails. Returns a `Result` because generated code treats all kinds of bodies alike.
    pub fn raw(status: Option<u16>, body: &Bytes) -> Result<Self, Error> {
        Ok(Self(status, Some((body.clone(), Media::Other))))
    }

    /// Writes no body.
    ///
    /// # Errors
    ///
    /// Never fails. Returns a `Result` because generated code treats all kinds of bodies alike.
    pub fn empty(status: Option<u16>) -> Result<Self, Error> {
        Ok(Self(status, None))
    }
}

impl Arrived {
    /// Writes a body as JSON.
    ///
    /// # Errors
    ///
    /// Returns the service's error, or an error if the body cannot be written.
    pub fn json<T: Serialize>(&self, response: Result<Response<T>, Error>) -> Result<Reply, Error> {
        self.reply(response, |body| Ok(Some((json(body)?, Media::Json))))
    }

    /// Writes no body.
    ///
    /// # Errors
    ///
    /// Returns the service's error.
    pub fn empty(&self, response: Result<Response<()>, Error>) -> Result<Reply, Error> {
        self.reply(response, |()| Ok(None))
    }

    /// Writes a body as JSON, if there is one.
    ///
    /// # Errors
    ///
    /// Returns the service's error, or an error if the body cannot be written.
    pub fn optional<T: Serialize>(&self, response: Result<Response<Option<T>>, Error>) -> Result<Reply, Error> {
        self.reply(response, |body| body.as_ref().map(|body| Ok((json(body)?, Media::Json))).transpose())
    }

    /// Writes text.
    ///
    /// # Errors
    ///
    /// Returns the service's error.
    pub fn plain(&self, response: Result<Response<String>, Error>) -> Result<Reply, Error> {
        self.reply(response, |body| Ok(Some((body.clone().into(), Media::Text))))
    }

    /// Writes bytes.
    ///
    /// # Errors
    ///
    /// Returns the service's error.
    pub fn raw(&self, response: Result<Response<Bytes>, Error>) -> Result<Reply, Error> {
        self.reply(response, |body| Ok(Some((body.clone(), Media::Other))))
    }

    /// Writes the response of the variant that was chosen, with its status.
    ///
    /// # Errors
    ///
    /// Returns the service's error, or an error if the body cannot be written.
    pub fn choice<T: Encode>(&self, response: Result<Response<T>, Error>) -> Result<Reply, Error> {
        let response = response?;
        let Encoded(status, content) = response.encode()?;
        let status = status.and_then(|status| StatusCode::from_u16(status).ok());
        let own = Some(response.status()).filter(|status| *status != StatusCode::OK);
        let status = own.or(status).unwrap_or(StatusCode::OK);
        Ok(self.finish(status, response.headers().clone(), content))
    }

    /// Writes the items of a stream.
    ///
    /// # Errors
    ///
    /// Returns the service's error, or an error if an item cannot be written.
    pub fn stream<T: Serialize>(
        &self,
        format: Streaming,
        response: Result<Response<Vec<T>>, Error>,
    ) -> Result<Reply, Error> {
        self.reply(response, |items| {
            let all = items.iter().map(|item| format.write(&json(item)?)).collect::<Result<String, Error>>()?;
            Ok(Some((all.into(), Media::Stream)))
        })
    }

    fn reply<T>(
        &self,
        response: Result<Response<T>, Error>,
        write: impl FnOnce(&T) -> Result<Option<(Bytes, Media)>, Error>,
    ) -> Result<Reply, Error> {
        let response = response?;
        let content = write(&response)?;
        let status = self.status(response.status(), content.is_some());
        Ok(self.finish(status, response.headers().clone(), content))
    }

    fn finish(&self, status: StatusCode, mut headers: HeaderMap, content: Option<(Bytes, Media)>) -> Reply {
        let Some((body, media)) = content else { return Reply { status, headers, body: Bytes::new() } };
        if !headers.contains_key(CONTENT_TYPE) {
            headers.insert(CONTENT_TYPE, self.media_type(status, media));
        }
        Reply { status, headers, body }
    }

    /// Returns the status of a response. 200 stands for the first success that the document describes, with content or without.
    fn status(&self, own: StatusCode, has_content: bool) -> StatusCode {
        if own != StatusCode::OK
            || self.described.iter().any(|answer| answer.is_for(200) && answer.contents.is_empty() != has_content)
        {
            return own;
        }
        // A redirect is the result of an operation that describes no success.
        let with = |first: char| self.described.iter().filter(move |answer| answer.status.starts_with(first));
        let successes = || with('2').chain(with('3').filter(|_| with('2').next().is_none()));
        let fitting = successes().find(|answer| answer.contents.is_empty() != has_content);
        let status = fitting.or_else(|| successes().next()).and_then(|answer| answer.status.parse().ok());
        status.unwrap_or(own)
    }

    fn media_type(&self, status: StatusCode, kind: Media) -> HeaderValue {
        let described =
            self.described.iter().filter(|answer| answer.is_for(status.as_u16()) || answer.status == "default");
        let mut media = described.flat_map(Answer::media).filter(|media| !media.contains('*'));
        let own = self.media.map(ToOwned::to_owned).or_else(|| media.find(|media| kind.is(media)).cloned());
        own.and_then(|media| HeaderValue::try_from(media).ok()).unwrap_or(HeaderValue::from_static(kind.usual()))
    }
}

/// A kind of media types.
#[derive(Clone, Copy)]
pub enum Media {
    Json,
    Text,
    Stream,
    Other,
}

impl Media {
    fn is(self, media: &str) -> bool {
        match self {
            Self::Json => is_json(media),
            Self::Text => !is_json(media),
            Self::Stream => is_stream_media(media),
            Self::Other => !is_json(media) && !media.starts_with("text/"),
        }
    }

    fn usual(self) -> &'static str {
        match self {
            Self::Json => "application/json",
            Self::Text => "text/plain; charset=utf-8",
            Self::Stream => "text/event-stream",
            Self::Other => "application/octet-stream",
        }
    }
}

fn json(body: &impl Serialize) -> Result<Bytes, Error> {
    let invalid =
        |error| Error::new(ErrorKind::InvalidArgument, "the response cannot be written as JSON").with_source(error);
    serde_json::to_vec(body).map(Bytes::from).map_err(invalid)
}

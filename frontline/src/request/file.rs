//! Files in multipart forms.

use std::fmt;

use crate::ByteStream;

/// A file to upload as a part of a multipart form.
///
/// ```
/// use frontline::File;
///
/// let file = File::new("id,name\n1,Ada\n").named("users.csv").of_type("text/csv");
/// ```
pub struct File {
    pub(super) name: Option<String>,
    pub(super) content_type: Option<String>,
    pub(super) content: ByteStream,
}

impl File {
    /// Creates a file from its content: bytes, text, or a [`ByteStream`] that need not be in memory.
    ///
    /// The default name is `file`. The default media type is the one that the document specifies, or
    /// `application/octet-stream`.
    #[must_use]
    pub fn new(content: impl Into<ByteStream>) -> Self {
        Self { name: Some("file".into()), content_type: None, content: content.into() }
    }

    /// Sets the file name that is sent to the server. Default: `file`. Line breaks and quotation marks are percent-encoded, as browsers
    /// do.
    ///
    /// The call fails with [`ErrorKind::InvalidArgument`](crate::ErrorKind::InvalidArgument) if the name contains
    /// another control character, except for a tab, or ends with a backslash.
    #[must_use]
    pub fn named(mut self, name: impl Into<String>) -> Self {
        self.name = Some(name.into());
        self
    }

    /// Sends no file name. Servers then read the part as a text, not as a file.
    ///
    /// The part has no media type unless the document specifies one or you set one with [`of_type`](Self::of_type).
    #[must_use]
    pub fn unnamed(mut self) -> Self {
        self.name = None;
        self
    }

    /// Sets the media type that is sent to the server, such as `image/png`.
    ///
    /// The call fails with [`ErrorKind::InvalidArgument`](crate::ErrorKind::InvalidArgument) if the media type contains
    /// a control character.
    #[must_use]
    pub fn of_type(mut self, content_type: impl Into<String>) -> Self {
        self.content_type = Some(content_type.into());
        self
    }

    /// Returns the file name, unless the file is [`unnamed`](Self::unnamed).
    #[must_use]
    pub fn name(&self) -> Option<&str> {
        self.name.as_deref()
    }

    /// Returns the media type, if one is set.
    #[must_use]
    pub fn content_type(&self) -> Option<&str> {
        self.content_type.as_deref()
    }

    /// Returns the content, and drops the name and the media type.
    pub fn into_content(self) -> ByteStream {
        self.content
    }
}

impl<T: Into<ByteStream>> From<T> for File {
    fn from(content: T) -> Self {
        Self::new(content)
    }
}

/// Leaves out the name and the content, which may be personal data.
impl fmt::Debug for File {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("File").field("content", &self.content).finish_non_exhaustive()
    }
}

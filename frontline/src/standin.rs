// Stands in for the macro's expansion until the macro exists.

/// Twilio Frontline API
#[derive(Clone, Debug)]
pub struct Client {
    transport: ::frontline::private::Transport,
}

impl ::frontline::private::Api for Client {
    const SERVER: ::core::option::Option<&'static str> =
        ::core::option::Option::Some("https://frontline-api.twilio.com");

    fn from_transport(transport: ::frontline::private::Transport) -> Self {
        Self { transport }
    }
}

impl Client {
    /// Sets up a client.
    #[must_use]
    pub fn builder() -> ::frontline::ClientBuilder<Self> {
        ::frontline::ClientBuilder::new()
    }

    /// Retrieve User
    ///
    /// # Errors
    ///
    /// See [`ErrorKind`](::frontline::ErrorKind).
    pub async fn fetch_user(
        &self,
        sid: &str,
    ) -> ::core::result::Result<::frontline::Response<types::User>, ::frontline::Error> {
        self.transport
            .send(
                ::frontline::private::Request::get("/v1/Users/{Sid}")
                    .path("Sid", sid)
                    .security(&[&[ACCOUNT_SID_AUTH_TOKEN]]),
            )
            .await
    }

    /// Update User
    ///
    /// # Errors
    ///
    /// See [`ErrorKind`](::frontline::ErrorKind).
    pub async fn update_user(
        &self,
        sid: &str,
        body: &types::UpdateUserRequest,
    ) -> ::core::result::Result<::frontline::Response<types::User>, ::frontline::Error> {
        self.transport
            .send(
                ::frontline::private::Request::post("/v1/Users/{Sid}")
                    .path("Sid", sid)
                    .form(body)
                    .security(&[&[ACCOUNT_SID_AUTH_TOKEN]]),
            )
            .await
    }
}

const ACCOUNT_SID_AUTH_TOKEN: ::frontline::private::Scheme =
    ::frontline::private::Scheme::basic("accountSid_authToken");

/// The types of the document.
pub mod types {
    /// A user.
    #[derive(
        Clone,
        Default,
        PartialEq,
        ::frontline::private::serde::Serialize,
        ::frontline::private::serde::Deserialize,
    )]
    #[serde(crate = "::frontline::private::serde")]
    #[non_exhaustive]
    pub struct User {
        /// The SID.
        #[serde(default, skip_serializing_if = "::core::option::Option::is_none")]
        pub sid: ::core::option::Option<::std::string::String>,
        /// The identity.
        #[serde(default, skip_serializing_if = "::core::option::Option::is_none")]
        pub identity: ::core::option::Option<::std::string::String>,
        /// The name.
        #[serde(default, skip_serializing_if = "::core::option::Option::is_none")]
        pub friendly_name: ::core::option::Option<::std::string::String>,
        /// The avatar.
        #[serde(default, skip_serializing_if = "::core::option::Option::is_none")]
        pub avatar: ::core::option::Option<::std::string::String>,
        /// The state.
        #[serde(default, skip_serializing_if = "::core::option::Option::is_none")]
        pub state: ::core::option::Option<UserState>,
        /// Whether available.
        #[serde(default, skip_serializing_if = "::core::option::Option::is_none")]
        pub is_available: ::core::option::Option<bool>,
        /// The URL.
        #[serde(default, skip_serializing_if = "::core::option::Option::is_none")]
        pub url: ::core::option::Option<::std::string::String>,
    }

    impl ::core::fmt::Debug for User {
        fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
            f.debug_struct("User")
                .field("sid", &self.sid)
                .field("identity", &self.identity.as_ref().map(|_| ::frontline::private::Redacted))
                .field("friendly_name", &self.friendly_name.as_ref().map(|_| ::frontline::private::Redacted))
                .field("avatar", &self.avatar)
                .field("state", &self.state)
                .field("is_available", &self.is_available)
                .field("url", &self.url)
                .finish()
        }
    }

    /// The state.
    #[derive(Clone, Debug, PartialEq, Eq, Hash)]
    #[non_exhaustive]
    pub enum UserState {
        /// `active`
        Active,
        /// `deactivated`
        Deactivated,
        /// Any other.
        Unknown(::std::string::String),
    }

    impl UserState {
        /// The text.
        #[must_use]
        pub fn as_str(&self) -> &str {
            match self {
                Self::Active => "active",
                Self::Deactivated => "deactivated",
                Self::Unknown(text) => text,
            }
        }
    }

    impl ::core::convert::From<::std::string::String> for UserState {
        fn from(text: ::std::string::String) -> Self {
            match text.as_str() {
                "active" => Self::Active,
                "deactivated" => Self::Deactivated,
                _ => Self::Unknown(text),
            }
        }
    }

    ::frontline::private::string_enum!(UserState);

    /// The form.
    #[derive(Clone, Debug, Default, PartialEq, ::frontline::private::serde::Serialize)]
    #[serde(crate = "::frontline::private::serde")]
    #[non_exhaustive]
    pub struct UpdateUserRequest {
        /// The name.
        #[serde(rename = "FriendlyName", skip_serializing_if = "::core::option::Option::is_none")]
        pub friendly_name: ::core::option::Option<::std::string::String>,
        /// The avatar.
        #[serde(rename = "Avatar", skip_serializing_if = "::core::option::Option::is_none")]
        pub avatar: ::core::option::Option<::std::string::String>,
        /// The state.
        #[serde(rename = "State", skip_serializing_if = "::core::option::Option::is_none")]
        pub state: ::core::option::Option<UserState>,
        /// Whether available.
        #[serde(rename = "IsAvailable", skip_serializing_if = "::core::option::Option::is_none")]
        pub is_available: ::core::option::Option<bool>,
    }

    impl UpdateUserRequest {
        /// Nothing set.
        #[must_use]
        pub fn new() -> Self {
            <Self as ::core::default::Default>::default()
        }

        /// The name.
        #[must_use]
        pub fn friendly_name(mut self, value: impl ::core::convert::Into<::std::string::String>) -> Self {
            self.friendly_name = ::core::option::Option::Some(value.into());
            self
        }

        /// The avatar.
        #[must_use]
        pub fn avatar(mut self, value: impl ::core::convert::Into<::std::string::String>) -> Self {
            self.avatar = ::core::option::Option::Some(value.into());
            self
        }

        /// The state.
        #[must_use]
        pub fn state(mut self, value: impl ::core::convert::Into<UserState>) -> Self {
            self.state = ::core::option::Option::Some(value.into());
            self
        }

        /// Whether available.
        #[must_use]
        pub fn is_available(mut self, value: bool) -> Self {
            self.is_available = ::core::option::Option::Some(value);
            self
        }
    }
}

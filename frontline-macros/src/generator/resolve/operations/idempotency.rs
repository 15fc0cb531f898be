//! Headers by which services recognize repeated requests.

use serde_json::Value;

use crate::generator::model::{IdempotencyKey, Limits, Type};
use crate::generator::problems::{Place, Problem};
use crate::generator::resolve::headers::is_idempotency_key;
use crate::generator::resolve::resolver::Resolver;

/// The length of the keys that the client makes.
const UUID: f64 = 36.0;

/// What the docs say of a key that the client makes.
pub(super) const MADE: &str = "Default: a random UUID, the same for all attempts of a call. So a call is retried as if its method were \
                    idempotent.";

impl Resolver<'_> {
    /// Returns where the value of the header at `place` comes from, if the service recognizes a repeated request by it.
    pub(super) fn idempotency_key(
        &mut self,
        place: &Place,
        ty: &Type,
        limits: &Limits,
        is_required: bool,
    ) -> Option<IdempotencyKey> {
        let name = self.document.text(&place.at("name")).unwrap_or_default().to_owned();
        let at = place.at("x-idempotency");
        match self.document.value(&at) {
            Some(Value::Bool(true)) => {}
            None if is_idempotency_key(&name) => {}
            None | Some(Value::Bool(false)) => return None,
            Some(_) => {
                let message = "`x-idempotency` is neither `true` nor `false`, so it is ignored";
                self.errors.warn(Problem::value(&at, message));
                return None;
            }
        }
        let (least, most) = (limits.number("minLength"), limits.number("maxLength"));
        let fits = least.is_none_or(|least| least <= UUID) && most.is_none_or(|most| most >= UUID);
        let can_be_made = matches!(ty, Type::String | Type::Uuid) && fits && limits.pattern.is_none();
        if is_required {
            return Some(IdempotencyKey::Given);
        }
        if !can_be_made {
            let message = format!("the client cannot make keys for `{name}`, so calls without one are not retried");
            self.errors.warn(Problem::value(place, message).help("keys are UUIDs: allow texts of 36 characters"));
        }
        Some(if can_be_made { IdempotencyKey::Made } else { IdempotencyKey::Given })
    }
}

//! A pass that names the enums of errors.

use crate::generator::model::Api;
use crate::generator::names::{self, Taken, bare};

/// Names each enum after its operation: `FetchUser` for `fetch_user`.
pub(super) fn name(api: &mut Api) {
    let mut taken = Taken::default();
    for operation in api.operations.iter_mut().filter(|operation| !operation.failures.is_empty()) {
        operation.errors = Some(taken.unique(&names::camel(&bare(&operation.name.rust))));
    }
}

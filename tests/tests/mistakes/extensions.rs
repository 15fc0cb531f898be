//! Mistakes in extensions, and in what only some clients use: pages, idempotency keys, and flows of OAuth.

use super::{Row, check, error, warning};

pub const ROWS: &[Row] = &[
    warning(
        ("      operationId: getPet\n", "      operationId: getPet\n      ⟦x-pagination: {kind: curser}\n"),
        "its `kind` is not one of `none`, `address`, `link`, `cursor`, `offset`, `page`, so `x-pagination` is ignored",
        "{kind: cursor, parameter: after, next: meta.next}",
    ),
    warning(
        ("      operationId: getPet\n", "      operationId: getPet\n      x-pagination: {kind: link, item: ⟦a}\n"),
        "`item` is not a text, or `link` has no such key, so `x-pagination` is ignored",
        "{kind: cursor, parameter: after, next: meta.next}",
    ),
    error(
        ("      operationId: getPet\n", "      operationId: getPet\n      ⟦x-pagination: {kind: link, items: id}\n"),
        "`getPet` has no such pages: `items` is not a list",
        "",
    ),
    warning(
        (
            "        - name: limit\n          in: query\n",
            "        - name: X-Key\n          in: header\n          x-idempotency: ⟦yes\n          schema: {type: string}\n        - name: limit\n          in: query\n",
        ),
        "`x-idempotency` is neither `true` nor `false`, so it is ignored",
        "",
    ),
    warning(
        (
            "    account:\n      type: http\n      scheme: basic\n",
            "    account:\n      type: oauth2\n      flows:\n        ⟦clientCredentials: {tokenURL: 'https://a.example/token', scopes: {}}\n",
        ),
        "the flow `clientCredentials` has no `tokenUrl`, so the client does not know where tokens come from",
        "add `tokenUrl`",
    ),
    warning(
        (
            "    account:\n      type: http\n      scheme: basic\n",
            "    account:\n      type: oauth2\n      flows:\n        ⟦clientCredentials: {tokenUrl: '', scopes: {}}\n",
        ),
        "the flow `clientCredentials` has no `tokenUrl`, so the client does not know where tokens come from",
        "add `tokenUrl`",
    ),
    warning(
        (
            "      operationId: getPet\n",
            "      operationId: getPet\n      x-pagination: {kind: page, parameter: limit, first: ⟦-1}\n",
        ),
        "`first` is not a number from 0 on, so `x-pagination` is ignored",
        "{kind: cursor, parameter: after, next: meta.next}",
    ),
];

#[test]
fn mistakes_in_extensions_are_told() {
    check("extensions", ROWS);
}

//! Trait implementations that generated structs share.

/// Implements `FromJson`, `Deserialize` and `Serialize` for an `Object` with `Properties`.
#[doc(hidden)]
#[macro_export]
macro_rules! __object {
    ($name:ident) => {
        #[doc(hidden)]
        impl $crate::private::FromJson for $name {
            fn read_json(
                node: $crate::private::Node<'_>,
                place: &mut ::core::option::Option<Self>,
            ) -> ::core::result::Result<(), $crate::private::DecodeError> {
                $crate::private::read_object(node, place)
            }

            fn fit(node: $crate::private::Node<'_>) -> ::core::option::Option<$crate::private::Fit> {
                $crate::private::fit_object::<Self>(node)
            }
        }

        $crate::private::deserialize_from_json!($name);

        impl $crate::private::serde::Serialize for $name {
            fn serialize<S: $crate::private::serde::Serializer>(
                &self,
                serializer: S,
            ) -> ::core::result::Result<S::Ok, S::Error> {
                $crate::private::write(self, serializer)
            }
        }
    };
}

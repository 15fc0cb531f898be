//! Random numbers for jitter, multipart boundaries and idempotency keys, from the standard library.

use std::hash::{BuildHasher, RandomState};

use uuid::Uuid;

/// `RandomState` gets its seed from the operating system.
pub(crate) fn random_bits() -> u64 {
    RandomState::new().hash_one(())
}

/// Returns a random number from 0 to 1, inclusive.
pub(crate) fn random() -> f64 {
    f64::from((random_bits() >> 32) as u32) / f64::from(u32::MAX)
}

/// Returns a random UUID (RFC 9562, section 5.4).
pub(crate) fn random_uuid() -> Uuid {
    let bits = u128::from(random_bits()) << 64 | u128::from(random_bits());
    uuid::Builder::from_random_bytes(bits.to_be_bytes()).into_uuid()
}

#[cfg(test)]
mod tests {
    #[test]
    fn random_numbers_are_spread_between_0_and_1() {
        let draws: Vec<_> = (0..1000).map(|_| super::random()).collect();
        assert!(draws.iter().all(|draw| (0.0..=1.0).contains(draw)));
        for tenth in 0..10_u8 {
            let (from, to) = (f64::from(tenth) / 10.0, f64::from(tenth + 1) / 10.0);
            let count = draws.iter().filter(|draw| (from..to).contains(*draw)).count();
            assert!((50..=150).contains(&count), "{count} of 1000 from {from} to {to}");
        }
    }
}

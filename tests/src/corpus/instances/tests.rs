//! Tests of the instances' own parts.

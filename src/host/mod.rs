//! What a host has to be told so that it serves a site as it is meant: its configuration, spelt from plain
//! values. Knows no catalogue, no page and no disk.

pub mod rules;

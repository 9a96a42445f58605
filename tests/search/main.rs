//! Search, judged: what people type on real procedures, and what they mean.

mod judged;

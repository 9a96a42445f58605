//! x
pub mod check;
pub mod diagnostic;
pub mod files;
pub mod language;
<<<<<<< HEAD
pub mod load;
=======
pub mod live;
>>>>>>> live
pub mod model;
pub mod validity;

//! What is stored about oneself, read by the personal-data register alone ([`records`]); how many can
//! read it ([`readers`]); who looked ([`views`]); and the export ([`exports`]).

pub mod exports;
pub mod readers;
pub mod records;
pub mod views;

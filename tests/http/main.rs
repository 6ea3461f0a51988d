//! Tests over HTTP and Postgres, one file per part of the house.

mod architecture;
mod base;
mod staff;

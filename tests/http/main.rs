//! Tests over HTTP and Postgres, one file per part of the house.

mod anonymity;
mod architecture;
mod base;
mod citizen;
mod citizen_logs;
mod citizen_sending;
mod citizen_trouble;
mod exports;
mod results;
mod staff;

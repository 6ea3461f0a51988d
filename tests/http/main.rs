//! Tests over HTTP and Postgres, one file per part of the house.

mod anonymity;
mod architecture;
mod base;
mod browser;
mod campaigns;
mod citizen;
mod citizen_killed;
mod citizen_logs;
mod citizen_sending;
mod citizen_trouble;
mod command;
mod corpus;
mod exports;
mod frames;
mod hostile;
mod invitations;
mod jobs;
mod letters;
mod messages;
mod own_questionnaire;
mod paper;
mod questionnaires;
mod results;
mod samples;
mod staff;

//! One whole campaign from the draw to the table, with simulated citizens.

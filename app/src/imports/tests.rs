//! Lists as offices have them, through the front door.

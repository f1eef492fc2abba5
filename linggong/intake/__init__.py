"""Reading recruiting messages: from a group message or a notice to jobs, screened and compared with those known."""

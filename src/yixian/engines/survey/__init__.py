"""实物调查引擎: forms from a pack's survey data (ODK XForm, paper), and what comes back on them, read exactly."""

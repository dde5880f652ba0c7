store-duplicate = This already exists. Look at what is there, or choose another name.
store-busy = Two changes met at the same moment, and nothing was changed by this one. Try again.
store-key-reused = This was sent before with something else in it, so it was not done. Load the page again and press once more.
store-full = There is no room left where the data lies, so nothing was changed. Make room, then try again.
store-unavailable = The database does not answer for the moment. Try again in a few seconds.

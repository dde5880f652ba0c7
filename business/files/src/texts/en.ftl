files-title = Photos and files
files-none = No photos or files yet.
files-choose = Take a photo or choose files
files-hint = Photos (JPEG, PNG, WebP), PDF or plain text, up to { $max } MB each. You can also drop them here.
files-add = Add
files-sending = Adding…
files-part = Belongs to
files-part-whole = The whole order
files-caption = Caption
files-caption-save = Save caption
files-change = Change
files-remove = Remove
files-return = Put back
files-removed-line = “{ $name }” removed
files-added = { $count ->
    [one] 1 file added
   *[other] { $count } files added
}
files-captioned = Caption saved
files-removed = File removed
files-put-back = File put back
files-missing = There is no such file here, or it was removed.
files-needed = Choose a photo or a file first.
files-empty = “{ $name }” is empty. Choose another file.
files-large = “{ $name }” is larger than { $max } MB. Send it at a smaller size, or split it.
files-request-large = That is too much at once: each file can have up to { $max } MB, and all of one go { $together } MB. Nothing was kept.
files-kind = “{ $name }” is not a JPEG, PNG or WebP photo, a PDF or plain text. Save it as one of these and add it again.
files-heic = “{ $name }” is a HEIC photo, which not every browser can show. On an iPhone choose Settings › Camera › Formats › Most Compatible, or share the photo as JPEG.
files-video = “{ $name }” is a video. Only photos, PDF and plain text are kept; send a still picture instead.
files-markup = “{ $name }” is a web page or a drawing that a browser would run. Save it as PNG or PDF and add it again.
files-pixels = “{ $name }” has too many pixels. Photos of up to { $max } megapixels are kept; make it smaller and add it again.
files-unreadable = “{ $name }” cannot be read to its end. It may be damaged: take it or save it again.
files-caption-long = A caption can have up to { $max } characters.
files-many = There is room for { $max } files here. Remove some that are no longer needed first.
files-no-place = No place for files is set up yet. Whoever runs the program names one with --files; the manual says how.
files-leaving = The same file is just being cleared away. Add it again in a moment.
files-lost = The connection was lost. The files that are listed were added; add the others again.

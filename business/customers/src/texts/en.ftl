customers-missing = There is no such customer. Look for the name or the phone number again.
customers-name-needed = Write down a name.
customers-too-long = At most { $max } characters.
customers-email-wrong = Write an address such as name@example.com, or leave it empty.
customers-phone-wrong = Write a number of 5 to 15 digits, or leave it empty.
customers-phone-taken = Another customer has this number. Look for the number, or correct it.

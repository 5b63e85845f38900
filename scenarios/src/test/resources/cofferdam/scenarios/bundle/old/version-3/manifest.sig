{
  "algorithm" : "Ed25519",
  "publicKey" : "MCowBQYDK2VwAyEAkbdSrqsPYNQ+GQBHCwD7My+EpYr6nKl1tR/6qlR440U=",
  "signature" : "TX5il789pYnk7xDx1zqX47NM/N2nASiuGf3poxXyd+8rEUfHVdDrFyb6xNZfPSCz8twEk31Q1ZoP3/py9Xj4DA=="
}
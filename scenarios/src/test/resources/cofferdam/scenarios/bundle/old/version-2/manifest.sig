{
  "algorithm" : "Ed25519",
  "publicKey" : "MCowBQYDK2VwAyEAzV+96zYhrAHHjOgS1wgANhEOoZijXwEs/zhm3SMgp9M=",
  "signature" : "Itl8rLcK2ZhP9E5KDpEwY7OALny4F+IBAizL8QeEycg4EiZEyDiY5d3qNgQP4ph1Pv80K/QQ9fG6IL6FSpGfDg=="
}
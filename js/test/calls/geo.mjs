export default [
  ["geoadd", "g", 13.361389, 38.115556, "Palermo", 15.087269, 37.502669, "Catania"], ["geoadd", "g", "NX", "CH", 13, 38, "Palermo"],
  ["geoadd", "g", 200, 38, "Nowhere"], ["geodist", "g", "Palermo", "Catania"], ["geodist", "g", "Palermo", "Catania", "km"],
  ["geodist", "g", "Palermo", "none"], ["geohash", "g", "Palermo", "none"], ["geopos", "g", "Palermo", "none"],
  ["geosearch", "g", "FROMLONLAT", 15, 37, "BYRADIUS", 200, "km", "ASC"],
  ["geosearch", "g", "FROMMEMBER", "Palermo", "BYBOX", 400, 400, "km", "ASC", "WITHCOORD", "WITHDIST", "WITHHASH"],
  ["geosearch", "g", "FROMMEMBER", "none", "BYRADIUS", 1, "km"], ["geosearchstore", "d", "g", "FROMLONLAT", 15, 37, "BYRADIUS", 300, "km", "STOREDIST"],
  ["georadius", "g", 15, 37, 200, "km", "WITHDIST", "ASC"], ["georadius_ro", "g", 15, 37, 200, "km", "COUNT", 1, "ASC"],
  ["georadiusbymember", "g", "Palermo", 200, "km"], ["georadiusbymember_ro", "g", "Palermo", 10, "m"], ["zscore", "g", "Palermo"],
];

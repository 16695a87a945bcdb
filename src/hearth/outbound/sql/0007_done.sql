-- What a notice asked for is done by somebody: the house then takes it as read for everybody who was told.
grant update (read_at) on outbound_notice to hearth_house;

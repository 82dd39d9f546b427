-- On each replica, once, and on an old primary that comes back: mariadb < follow.sql. A replica that is not new needs a copy
-- of the primary first (mariadb-backup, or mariadb-dump --gtid --master-data).
SET GLOBAL read_only = 1;
CHANGE MASTER TO master_host = '@primary@', master_port = 3306, master_user = 'headway_replication',
  master_password = '@replication@', master_use_gtid = slave_pos, master_connect_retry = 1, master_heartbeat_period = 1;
START SLAVE;
-- Then, on the primary, so that each commit waits for a replica:
--   SET GLOBAL rpl_semi_sync_master_enabled = 1;

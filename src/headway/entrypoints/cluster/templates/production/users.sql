-- On the first primary, @primary@, once: mariadb < users.sql. Its replicas take the users from its log. No configuration
-- makes it the primary: whoever starts is a replica until it is told otherwise, as the last line does.
CREATE DATABASE IF NOT EXISTS headway CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
CREATE USER IF NOT EXISTS headway@'%' IDENTIFIED BY '@app@';
GRANT ALL ON headway.* TO headway@'%';
CREATE USER IF NOT EXISTS headway_read@'%' IDENTIFIED BY '@read@';
GRANT SLAVE MONITOR ON *.* TO headway_read@'%';
GRANT SELECT ON headway.* TO headway_read@'%';
CREATE USER IF NOT EXISTS headway_replication@'%' IDENTIFIED BY '@replication@';
GRANT REPLICATION SLAVE ON *.* TO headway_replication@'%';
SET GLOBAL read_only = 0;

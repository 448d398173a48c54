CREATE TABLE `alerts` (
	`endpoint_id` integer NOT NULL,
	`alert_id` text NOT NULL,
	`failures_in_a_row` integer NOT NULL,
	`successes_in_a_row` integer NOT NULL,
	`triggered` integer NOT NULL,
	`last_notice_at` integer,
	`incident_id` text,
	`incident_triggered_at` integer,
	PRIMARY KEY(`endpoint_id`, `alert_id`),
	FOREIGN KEY (`endpoint_id`) REFERENCES `endpoints`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE TABLE `buckets` (
	`endpoint_id` integer NOT NULL,
	`minutes` integer NOT NULL,
	`start_at` integer NOT NULL,
	`count` integer NOT NULL,
	`successes` integer NOT NULL,
	`maintenance_count` integer NOT NULL,
	`maintenance_successes` integer NOT NULL,
	`sum` integer NOT NULL,
	`min` integer NOT NULL,
	`max` integer NOT NULL,
	`histogram` blob NOT NULL,
	`through` integer NOT NULL,
	PRIMARY KEY(`endpoint_id`, `minutes`, `start_at`),
	FOREIGN KEY (`endpoint_id`) REFERENCES `endpoints`(`id`) ON UPDATE no action ON DELETE cascade
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `endpoints` (
	`id` integer PRIMARY KEY NOT NULL,
	`key` text NOT NULL,
	`name` text NOT NULL,
	`group` text NOT NULL,
	`gone_at` integer,
	`first_result_at` integer
);
--> statement-breakpoint
CREATE UNIQUE INDEX `endpoints_key_unique` ON `endpoints` (`key`);--> statement-breakpoint
CREATE TABLE `events` (
	`id` integer PRIMARY KEY NOT NULL,
	`endpoint_id` integer NOT NULL,
	`type` text NOT NULL,
	`at` integer NOT NULL,
	`reason` text,
	FOREIGN KEY (`endpoint_id`) REFERENCES `endpoints`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `events_endpoint_at` ON `events` (`endpoint_id`,`at`);--> statement-breakpoint
CREATE INDEX `events_at` ON `events` (`at`);--> statement-breakpoint
CREATE TABLE `notices` (
	`position` integer PRIMARY KEY NOT NULL,
	`id` text NOT NULL,
	`endpoint_id` integer NOT NULL,
	`alert_id` text NOT NULL,
	`content` text NOT NULL,
	`sequence` integer NOT NULL,
	`created_at` integer NOT NULL,
	`state` text NOT NULL,
	`attempts` integer NOT NULL,
	`next_attempt_at` integer NOT NULL,
	`attempted_at` integer,
	`error` text,
	FOREIGN KEY (`endpoint_id`) REFERENCES `endpoints`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `notices_id_unique` ON `notices` (`id`);--> statement-breakpoint
CREATE INDEX `notices_endpoint` ON `notices` (`endpoint_id`);--> statement-breakpoint
CREATE INDEX `notices_state_created_at` ON `notices` (`state`,`created_at`);--> statement-breakpoint
CREATE TABLE `results` (
	`id` integer PRIMARY KEY NOT NULL,
	`endpoint_id` integer NOT NULL,
	`at` integer NOT NULL,
	`duration` integer NOT NULL,
	`flags` integer NOT NULL,
	`status` integer,
	`conditions_id` integer,
	`hostname_id` integer,
	`ip_id` integer,
	`dns_rcode_id` integer,
	`certificate_expiration` integer,
	`domain_expiration` integer,
	`phases` blob,
	`detail` text
);
--> statement-breakpoint
CREATE TABLE `texts` (
	`id` integer PRIMARY KEY NOT NULL,
	`endpoint_id` integer NOT NULL,
	`text` text NOT NULL,
	FOREIGN KEY (`endpoint_id`) REFERENCES `endpoints`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `texts_endpoint` ON `texts` (`endpoint_id`);

<?php
/**
 * Runs a sample of PHP, which comes on standard input, with WordPress's functions and nobody signed in.
 *
 *     php sample.php FOLDER-OF-WORDPRESS
 */

define( 'ABSPATH', rtrim( $argv[1], '/' ) . '/' );
define( 'WPINC', 'wp-includes' );
define( 'WP_DEBUG', false );
foreach ( array( 'compat', 'plugin', 'functions', 'formatting', 'kses', 'shortcodes' ) as $file ) {
	require ABSPATH . WPINC . "/$file.php";
}

// Options would come from a database; only the charset is ever wanted here.
add_filter( 'pre_option_blog_charset', fn() => 'UTF-8' );
function wp_installing() {
	return false;
}
function wp_cache_get( $key, $group = '' ) {
	return 'alloptions' === $key ? array( 'blog_charset' => 'UTF-8' ) : false;
}
function is_user_logged_in() {
	return false;
}

eval( stream_get_contents( STDIN ) );

<?php
/**
 * Answers requests, one JSON object a line, with what the real WordPress functions do.
 *
 *     php server.php FOLDER-OF-WORDPRESS
 *
 * A request has `op` and the op's arguments; text that is not UTF-8 comes as `text_b64`. The
 * answer has `out` (and `out_b64` where that is not UTF-8), or `error`.
 */

define( 'ABSPATH', rtrim( $argv[1], '/' ) . '/' );
define( 'WPINC', 'wp-includes' );
define( 'WP_DEBUG', false );
foreach ( array( 'compat', 'plugin', 'functions', 'formatting', 'kses', 'shortcodes', 'pomo/mo' ) as $file ) {
	require ABSPATH . WPINC . "/$file.php";
}
require __DIR__ . '/locales.php';
require __DIR__ . '/operations.php';

// Options would come from a database; only the charset is ever wanted here.
add_filter( 'pre_option_blog_charset', fn() => 'UTF-8' );
function wp_installing() {
	return false;
}
function wp_cache_get( $key, $group = '' ) {
	return 'alloptions' === $key ? array( 'blog_charset' => 'UTF-8' ) : false;
}

add_action(
	'doing_it_wrong_run',
	function ( $function, $message ) {
		$GLOBALS['doing_it_wrong'][] = "$function: $message";
	},
	10,
	2
);

const JSON = JSON_UNESCAPED_UNICODE | JSON_UNESCAPED_SLASHES | JSON_INVALID_UTF8_SUBSTITUTE | JSON_THROW_ON_ERROR;

/** Runs one request. */
function answer( array $request ): array {
	$GLOBALS['doing_it_wrong'] = array();
	$text = isset( $request['text_b64'] ) ? base64_decode( $request['text_b64'] ) : $request['text'] ?? '';
	set_locale( $request['locale'] ?? '' );
	remove_all_shortcodes();
	$calls = new Calls( $request['style'] ?? 'full', $request['handlers'] ?? array() );
	foreach ( $request['tags'] ?? array() as $tag ) {
		add_shortcode( $tag, array( $calls, 'handle' ) );
	}
	$operation = OPERATIONS[ $request['op'] ] ?? throw new Exception( "no operation {$request['op']}" );
	$answer = $operation( $text, $request );
	if ( in_array( $request['op'], array( 'do', 'content' ), true ) ) {
		$answer['calls'] = $calls->made;
		if ( preg_last_error() ) {
			$answer['pcre_error'] = preg_last_error_msg();
		}
	}
	if ( is_string( $answer['out'] ) && ! preg_match( '//u', $answer['out'] ) ) {
		$answer['out_b64'] = base64_encode( $answer['out'] );
	}
	if ( $GLOBALS['doing_it_wrong'] ) {
		$answer['doing_it_wrong'] = $GLOBALS['doing_it_wrong'];
	}
	return $answer;
}

while ( ( $line = fgets( STDIN ) ) !== false ) {
	try {
		$answer = answer( json_decode( $line, true, 512, JSON_THROW_ON_ERROR ) );
	} catch ( Throwable $problem ) {
		$answer = array( 'error' => "{$problem->getMessage()} ({$problem->getFile()}:{$problem->getLine()})" );
	}
	echo json_encode( $answer, JSON ), "\n";
}

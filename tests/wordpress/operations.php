<?php
/**
 * The operations that a request can ask for, and the handler that writes down how it was called.
 */

const OPERATIONS = array(
	'do' => 'operation_do',
	'strip' => 'operation_strip',
	'atts' => 'operation_atts',
	'has' => 'operation_has',
	'tags' => 'operation_tags',
	'match' => 'operation_match',
	'register' => 'operation_register',
	'texturize' => 'operation_texturize',
	'page' => 'operation_page',
	'content' => 'operation_content',
);

function operation_do( string $text, array $request ): array {
	return array( 'out' => do_shortcode( $text, $request['ignore_html'] ?? false ) );
}

function operation_strip( string $text ): array {
	return array( 'out' => strip_shortcodes( $text ) );
}

function operation_atts( string $text ): array {
	$atts = shortcode_parse_atts( $text );
	return array( 'out' => pairs( $atts ), 'kind' => gettype( $atts ) );
}

function operation_has( string $text, array $request ): array {
	return array( 'out' => has_shortcode( $text, $request['tag'] ) );
}

function operation_tags( string $text ): array {
	return array( 'out' => get_shortcode_tags_in_content( $text ) );
}

/** Every match with its place in bytes and its six groups. */
function operation_match( string $text ): array {
	preg_match_all( '/' . get_shortcode_regex() . '/', $text, $found, PREG_SET_ORDER | PREG_OFFSET_CAPTURE );
	$out = array();
	foreach ( $found as $match ) {
		$start = $match[0][1];
		$groups = array_slice( array_column( $match, 0 ), 1, 6 );
		$out[] = array( $start, $start + strlen( $match[0][0] ), ...$groups );
	}
	return array( 'out' => $out );
}

function operation_register(): array {
	return array( 'out' => array_map( 'strval', array_keys( $GLOBALS['shortcode_tags'] ) ) );
}

function operation_texturize( string $text ): array {
	return array( 'out' => wptexturize( $text ) );
}

function operation_page( string $text ): array {
	return array( 'out' => wpautop( wptexturize( $text ) ) );
}

/** The filters of `the_content` that concern shortcodes, in their order. */
function operation_content( string $text ): array {
	return array( 'out' => do_shortcode( shortcode_unautop( wpautop( wptexturize( $text ) ) ) ) );
}

/** Attributes as [key, value] pairs, so that JSON keeps their order and kind of key. */
function pairs( $atts ): array {
	$pairs = array();
	foreach ( is_array( $atts ) ? $atts : array() as $key => $value ) {
		$pairs[] = array( $key, $value );
	}
	return $pairs;
}

/** A handler for every tag; prints what it was given and writes down each call. */
class Calls {
	public array $made = array();
	private int $depth = 0;

	public function __construct( private string $style, private array $fixed ) {}

	public function handle( $atts, $content, $tag ): string {
		$number = count( $this->made );
		$this->made[] = array(
			'tag' => $tag,
			'depth' => $this->depth,
			'atts' => pairs( $atts ),
			'content' => $content,
		);
		if ( isset( $this->fixed[ $tag ] ) ) {
			return $this->fixed[ $tag ];
		}
		++$this->depth;
		$inner = do_shortcode( $content );
		--$this->depth;
		if ( 'short' === $this->style ) {
			return "⟦$tag#$number" . ( '' === $content ? '' : "|$inner" ) . '⟧';
		}
		$given = array( 'tag' => $tag, 'atts' => (object) ( is_array( $atts ) ? $atts : array() ) );
		$shown = json_encode( $given, JSON );
		return '' === $content
			? '⟦' . substr( $shown, 0, -1 ) . ',"content":""}⟧'
			: '⟦' . substr( $shown, 0, -1 ) . ",\"content\":…}¦{$inner}⟧";
	}
}

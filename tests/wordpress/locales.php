<?php
/**
 * The quotes of a locale: from the table below, else from the translations that Debian packages.
 */

/** Locales whose packaged translation has no quotes of its own, and quotes that stay straight. */
const QUOTES = array(
	'' => array(), // English: every text translates to itself.
	'de_DE' => array(
		'opening curly double quote' => '&#8222;',
		'closing curly double quote' => '&#8220;',
		'opening curly single quote' => '&#8218;',
		'closing curly single quote' => '&#8216;',
	),
	'pl_PL' => array(
		'opening curly double quote' => '&#8222;',
		'closing curly double quote' => '&#8221;',
	),
	'straight' => array(
		'opening curly double quote' => '"',
		'closing curly double quote' => '"',
		'opening curly single quote' => "'",
		'closing curly single quote' => "'",
		'apostrophe' => "'",
		'prime' => "'",
		'double prime' => '"',
	),
);

/** Makes the typographer write as in this locale. */
function set_locale( string $locale ): void {
	static $current = '', $loaded = array();
	if ( $locale === $current ) {
		return;
	}
	if ( ! isset( QUOTES[ $locale ] ) && ! isset( $loaded[ $locale ] ) ) {
		$file = ABSPATH . "wp-content/languages/$locale.mo";
		$loaded[ $locale ] = new MO();
		if ( ! is_file( $file ) || ! $loaded[ $locale ]->import_from_file( $file ) ) {
			unset( $loaded[ $locale ] );
			throw new Exception( "no translation for the locale {$locale}" );
		}
	}
	$current = $locale;
	$GLOBALS['translation'] = $loaded[ $locale ] ?? QUOTES[ $locale ];
	wptexturize( 'x', true ); // It keeps the quotes of the locale it saw first.
}

function _x( $text, $context, $domain = 'default' ) {
	$translation = $GLOBALS['translation'] ?? array();
	return is_array( $translation )
		? $translation[ $context ] ?? $text
		: $translation->translate( $text, $context );
}

function __( $text, $domain = 'default' ) {
	return $text;
}

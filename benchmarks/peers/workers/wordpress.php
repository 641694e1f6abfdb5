<?php
/*
 * WordPress as a worker; `protocol.py` says how it talks. It is given the folder of an unpacked
 * WordPress, whose shortcode functions it loads without a database, with stand-ins for what they
 * call elsewhere.
 */

declare(strict_types=1);

ini_set('display_errors', 'stderr');
ini_set('memory_limit', '-1');
error_reporting(E_ALL & ~E_DEPRECATED);

define('ABSPATH', $argv[1] . '/');
define('WPINC', 'wp-includes');

function __($text) { return $text; }
function _x($text) { return $text; }
function _doing_it_wrong() {}
function _deprecated_function() {}
function get_option($name, $default = false) { return $name === 'blog_charset' ? 'UTF-8' : $default; }
function wp_allowed_protocols() { return ['http', 'https', 'mailto', 'tel']; }
function wp_load_alloptions() { return []; }

foreach (['version', 'compat', 'plugin', 'formatting', 'kses', 'shortcodes'] as $part) {
    require ABSPATH . WPINC . "/$part.php";
}

$text = '';
$tags = [];
$calls = 0;

function answer(array $object): void
{
    echo json_encode($object), "\n";
}

function openers(string $text, array $tags): int
{
    return array_sum(array_map(fn($tag) => substr_count($text, "[$tag"), $tags));
}

function run(string $operation, int $repeat): array
{
    global $text, $tags, $calls;
    $begin = hrtime(true);
    for ($round = 0; $round < $repeat; $round++) {
        $calls = 0;
        $output = $operation === 'strip' ? strip_shortcodes($text) : do_shortcode($text);
    }
    $seconds = (hrtime(true) - $begin) / 1e9 / $repeat;
    if ($output === '' && preg_last_error() !== PREG_NO_ERROR) {
        return ['error' => preg_last_error_msg()];
    }
    $found = $operation === 'strip' ? openers($text, $tags) - openers($output, $tags) : $calls;
    return ['seconds' => $seconds, 'output' => strlen($output), 'shortcodes' => $found];
}

if (ini_get('pcre.jit') !== '1') {
    answer(['missing' => 'pcre.jit is off']);
    exit;
}
answer(['version' => $wp_version]);
while (($line = fgets(STDIN)) !== false) {
    $request = json_decode($line, true);
    try {
        if (isset($request['load'])) {
            $text = file_get_contents($request['load']);
            $tags = $request['tags'];
            remove_all_shortcodes();
            foreach ($tags as $tag) {
                add_shortcode($tag, function () {
                    global $calls;
                    $calls++;
                    return '';
                });
            }
            answer(['bytes' => strlen($text)]);
        } else {
            answer(run($request['run'], $request['repeat']));
        }
    } catch (Throwable $error) {
        answer(['error' => get_class($error)]);
    }
}

namespace Agent.Pipeline.Text;

/// <summary>Rules about single characters that end clauses and sentences, for several scripts.</summary>
internal static class Clause
{
    internal static bool EndsSentence(char c) => c is '.' or '!' or '?' or '…' or '。' or '！' or '？' or '؟' or '۔' or '।';

    internal static bool EndsClause(char c) => c is ',' or ';' or ':' or '—' or '–' or '，' or '；' or '：' or '、' or '،' or '؛';

    /// <summary>Whether the mark needs no space behind it to end something: the full-width marks of Chinese and Japanese.</summary>
    internal static bool IsFullWidth(char c) => c is '。' or '！' or '？' or '，' or '；' or '：' or '、';

    internal static bool Closes(char c) => c is '"' or '\'' or ')' or ']' or '}' or '”' or '’' or '»' or '」' or '』' or '）' or '*' or '_';
}

namespace Agent.Pipeline.Text;

/// <summary>Rules about single characters that end clauses and sentences, for several scripts.</summary>
internal static class Clause
{
    internal static bool EndsSentence(char c) => c is '.' or '!' or '?' or '…' or '‼' or '⁉' or '؟' or '۔' or '։' || EndsSentenceUnspaced(c);

    internal static bool EndsClause(char c) => c is ',' or ';' or ':' or '—' or '–' or '،' or '؛' || EndsClauseUnspaced(c);

    /// <summary>Whether the mark needs no space behind it to end something, as those of Chinese and Japanese.</summary>
    internal static bool IsFullWidth(char c) => EndsSentenceUnspaced(c) || EndsClauseUnspaced(c);

    /// <summary>Whether the character belongs to the mark before it.</summary>
    internal static bool Closes(char c) => c is '"' or '\'' or ')' or ']' or '}' or '”' or '’' or '»' or '›' or '」' or '』' or '）' or '】' or '》' or '〉';

    private static bool EndsSentenceUnspaced(char c) => c is '。' or '！' or '？' or '｡' or '।' or '॥' or '።' or '።' or '។' or '៕' or '။' or '།';

    private static bool EndsClauseUnspaced(char c) => c is '，' or '；' or '：' or '、' or '､' or '፣' or '၊';
}

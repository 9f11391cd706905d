namespace Agent.Pipeline.Text;

/// <summary>Tells what stands between pointed brackets.</summary>
internal static class MarkupTag
{
    internal enum Kind
    {
        /// <summary>No tag: "a &lt;b and c&gt; d".</summary>
        None,

        /// <summary>A web or e-mail address.</summary>
        Address,

        /// <summary>A tag within a line, or a comment.</summary>
        Inline,

        /// <summary>A tag that begins a new line.</summary>
        Block,

        /// <summary>From here on a model thinks aloud, as some do that run locally.</summary>
        ThinkingBegin,

        /// <summary>Here it ends to think.</summary>
        ThinkingEnd,
    }

    internal static Kind Read(ReadOnlySpan<char> tag)
    {
        if (!tag.ContainsAny(' ', '\t') && (tag.Contains("://", StringComparison.Ordinal) || tag.Contains('@')))
            return Kind.Address;
        if (tag is ['!', ..])
            return Kind.Inline;
        var closes = tag is ['/', ..];
        var name = closes ? tag[1..] : tag;
        var length = 0;
        while (length < name.Length && (char.IsAsciiLetterOrDigit(name[length]) || name[length] is '-' or ':'))
            length++;
        var rest = name[length..].Trim();
        if (length == 0 || !(rest.IsEmpty || rest is "/" || rest.Contains('=')))
            return Kind.None;

        Span<char> lower = stackalloc char[16];
        if (name[..length].ToLowerInvariant(lower) is var written && written < 0)
            return Kind.Inline;
        return lower[..written] switch
        {
            "think" or "thinking" => closes ? Kind.ThinkingEnd : Kind.ThinkingBegin,
            "br" or "p" or "div" or "li" or "ul" or "ol" or "tr" or "table" or "h1" or "h2" or "h3" or "h4" or "h5" or "h6" => Kind.Block,
            _ => Kind.Inline,
        };
    }
}

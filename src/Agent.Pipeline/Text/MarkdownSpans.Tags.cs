using System.Net;

namespace Agent.Pipeline.Text;

/// <content>Tags, entities and addresses in pointed brackets.</content>
internal sealed partial class MarkdownSpans
{
    private const int MaxTag = 200;
    private const int MaxEntity = 10;

    private void OnTag(char c)
    {
        if (c == '>' && _held.Length > 0)
        {
            _hold = Hold.None;
            EndTag(_held.ToString());
        }
        else if (c == '<' || _held.Length > MaxTag || (_held.Length == 0 && !char.IsAsciiLetter(c) && c is not ('/' or '!')))
        {
            Resolve();
            Feed(c);
        }
        else
        {
            _held.Append(c);
        }
    }

    private void EndTag(string tag)
    {
        switch (MarkupTag.Read(tag))
        {
            case MarkupTag.Kind.Address:
                PassAll(tag.StartsWith("mailto:", StringComparison.OrdinalIgnoreCase) ? tag[7..] : tag);
                break;
            case MarkupTag.Kind.Inline: break;
            case MarkupTag.Kind.Block: EndLine(); break;
            case MarkupTag.Kind.ThinkingBegin: _thinking = true; break;
            case MarkupTag.Kind.ThinkingEnd: _thinking = false; break;
            default:
                Pass('<');
                FeedAll(tag);
                Feed('>');
                break;
        }
    }

    private void OnEntity(char c)
    {
        if ((IsWord(c) || c == '#') && _held.Length < MaxEntity)
        {
            _held.Append(c);
            return;
        }

        if (c == ';')
        {
            var entity = $"&{_held};";
            var decoded = WebUtility.HtmlDecode(entity);
            if (!string.Equals(decoded, entity, StringComparison.Ordinal))
            {
                _hold = Hold.None;
                PassAll(decoded);
                return;
            }
        }

        Resolve();
        Feed(c);
    }
}

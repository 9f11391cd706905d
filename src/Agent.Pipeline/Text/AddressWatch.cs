namespace Agent.Pipeline.Text;

/// <summary>Notices web addresses as they go by.</summary>
internal sealed class AddressWatch
{
    private int _length;
    private int _matched;
    private int _w;

    /// <summary>Whether the last character was within an address.</summary>
    internal bool IsInside { get; private set; }

    internal void Feed(char c)
    {
        if (char.IsWhiteSpace(c))
        {
            Reset();
            return;
        }

        // "://" anywhere in a word, or "www." at its beginning.
        _length++;
        _matched = c switch
        {
            ':' => 1,
            '/' when _matched is 1 or 2 => _matched + 1,
            _ => 0,
        };
        if (c is 'w' or 'W' && _w == _length - 1)
            _w++;
        IsInside |= _matched == 3 || (c == '.' && _w == 3 && _length == 4);
    }

    internal void Reset()
    {
        _length = _matched = _w = 0;
        IsInside = false;
    }
}

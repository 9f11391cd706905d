namespace Agent.Benchmarks.Providers;

/// <summary>Words replaced, missing or too many, as a share of the words said.</summary>
internal sealed class WordErrors
{
    private int _errors;
    private int _words;

    public double Rate => _words == 0 ? 0 : (double)_errors / _words;

    public int Add(string said, string heard)
    {
        var left = said.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var right = heard.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var row = Enumerable.Range(0, right.Length + 1).ToArray();
        for (var i = 1; i <= left.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= right.Length; j++)
            {
                var replaced = diagonal + (string.Equals(left[i - 1], right[j - 1], StringComparison.Ordinal) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(replaced, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        _words += left.Length;
        _errors += row[right.Length];
        return row[right.Length];
    }
}

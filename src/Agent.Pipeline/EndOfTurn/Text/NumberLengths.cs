namespace Agent.Pipeline.EndOfTurn.Text;

/// <summary>How many figures a number has.</summary>
/// <param name="Whole">Lengths at which it is complete.</param>
/// <param name="Maybe">Lengths at which it may be complete.</param>
internal sealed record NumberLengths(int[] Whole, int[] Maybe)
{
    internal bool IsWhole(int digits) => Array.IndexOf(Whole, digits) >= 0 || digits > Whole.DefaultIfEmpty().Max();

    internal bool MayBeWhole(int digits) => Array.IndexOf(Maybe, digits) >= 0;
}

using System.Text;

namespace Agent.Pipeline.Text;

/// <summary>Takes text that can be spoken, character by character.</summary>
internal interface ISpeakableSink
{
    /// <summary>Takes the next character.</summary>
    /// <param name="rune">The character; never white space.</param>
    /// <param name="spaced">Whether white space is before it.</param>
    void Put(Rune rune, bool spaced);

    /// <summary>A line is over: what follows is something else.</summary>
    void EndLine();
}

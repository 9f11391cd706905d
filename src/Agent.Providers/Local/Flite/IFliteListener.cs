using Agent.Pipeline.Speech;

namespace Agent.Providers.Local.Flite;

/// <summary>Hears a clause while it is being made. Called from inside flite: must neither throw nor block.</summary>
internal interface IFliteListener
{
    /// <summary>The words of the clause with their times, from its beginning. Called once, before the first sound.</summary>
    void OnWords(IReadOnlyList<WordTiming> words);

    /// <summary>The next samples. Returns whether to go on.</summary>
    bool OnSound(ReadOnlySpan<short> samples);
}

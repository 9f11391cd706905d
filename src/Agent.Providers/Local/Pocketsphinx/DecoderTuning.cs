namespace Agent.Providers.Local.Pocketsphinx;

/// <summary>
/// How the decoder searches and how fast it gets used to a speaker. Chosen by the word error rate over spoken sentences, with the
/// time that the end of an utterance costs as the second concern. The recogniser benchmark measures both.
/// </summary>
internal static class DecoderTuning
{
    /// <summary>For how many frames of 10 ms the model's idea of an average speaker counts beside what is heard of a new one.</summary>
    public const int StrangerFrames = 100;

    /// <summary>The same for what earlier segments of this speaker have taught.</summary>
    public const int AcquaintanceFrames = 300;

    public static readonly string[] Arguments =
    [
        // The second pass costs 50 to 120 ms at the end of each utterance and does not lower the word error rate.
        "-fwdflat", "no",

        // Trusting the sound a little more than the language model (the defaults are 6.5 and 9.5) costs a tenth more time and takes a
        // quarter off the word error rate, with and without a codec in between.
        "-lw", "5",
        "-bestpathlw", "7.5",

        // The model's own starting point is the mean over speech and silence; the decoder takes silence out before the mean, so
        // the starting point lies half-way to that of speech alone.
        "-cmninit", "47,-1,5,12,2,-2,1,-3,-4,-3,-2,0,2",
    ];
}

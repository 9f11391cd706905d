using Agent.Tests.Tools;

namespace Agent.Tests.Web;

/// <summary>A WAV file for a browser's fake microphone (48 kHz, mono): silence, a sentence, silence; the browser plays it over and over.</summary>
internal sealed class RecordedVoice : IDisposable
{
    private readonly DirectoryInfo _folder;

    private RecordedVoice(DirectoryInfo folder) => _folder = folder;

    internal string Path => System.IO.Path.Combine(_folder.FullName, "microphone.wav");

    internal static async Task<RecordedVoice> SayAsync(string sentence)
    {
        var voice = new RecordedVoice(Directory.CreateTempSubdirectory("agent-voice-"));
        var spoken = System.IO.Path.Combine(voice._folder.FullName, "spoken.wav");
        var flite = await ToolRun.StartAsync("apt-get install flite", "flite", "-voice", "slt", "-t", sentence, "-o", spoken);
        Assert.True(flite.ExitCode == 0, flite.Everything);
        // Long enough before for a greeting, long enough after for an answer and a typed line.
        var sox = await ToolRun.StartAsync("apt-get install sox", "sox", spoken, "-r", "48000", "-c", "1", voice.Path, "pad", "10", "20");
        Assert.True(sox.ExitCode == 0, sox.Everything);
        return voice;
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
